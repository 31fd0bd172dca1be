import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../shared/index.js';
import { Run } from './a-run.js';

const YAML = `version: '2.0'
serve:
  input: [host, {port: 80}, {options: {}}]
  input-schema:
    host: {type: string, pattern: '^[a-z]+$'}
    port: {type: integer, minimum: 1}
    options:
      type: object
      properties: {mode: {enum: [fast, safe]}}
  output: {url: <% 'http://' + $.host %>, port: <% $.port %>}
  output-schema:
    url: {type: string, maxLength: 20}
    port: {}
  tasks:
    t: {action: std.noop}
parent:
  input: [port]
  tasks:
    s:
      workflow: serve
      input: {host: a, port: <% $.port %>}
      on-error: after
    after: {action: std.noop}
`;

function outcome(input: JsonObject): unknown {
  try {
    const run = new Run(YAML).start(input);
    return run.state === 'SUCCESS' ? run.output : [run.state, run.flow().execution.stateInfo];
  } catch (error) {
    return (error as Error).message;
  }
}

describe('input-schema', () => {
  it.each<[string, JsonObject]>([
    ['port must be integer', { host: 'a', port: 'http' }],
    ['port must be >= 1', { host: 'a', port: 0 }],
    ['host must match pattern "^[a-z]+$"', { host: 'A' }],
    ['options.mode must be equal to one of the allowed values: ["fast","safe"]', { host: 'a', options: { mode: 'x' } }],
  ])('refuses a start: %s', (problem, input) => {
    expect(outcome(input)).toBe(`Invalid input [name=serve, class=DirectWorkflowSpec, invalid=['${problem}']]`);
  });

  it('lets fitting values through, and defaults', () => {
    expect(outcome({ host: 'a' })).toEqual({ url: 'http://a', port: 80 });
    expect(outcome({ host: 'a', port: 2n ** 60n })).toEqual({ url: 'http://a', port: 2n ** 60n });
  });

  it('makes the start of a sub-workflow an ordinary error', () => {
    const run = new Run(YAML).start({ port: 'http' }, {}, 'parent');

    expect(run.states()).toEqual({ s: 'ERROR', after: 'SUCCESS' });
    expect(run.task('s').stateInfo).toContain("invalid=['port must be integer']");
  });

  it('does not let a bad pattern use up the time', () => {
    const yaml = `version: '2.0'
w:
  input: [x]
  input-schema: {x: {pattern: '^(a+)+$'}}
  tasks: {t: {action: std.noop}}
`;
    expect(() => new Run(yaml).start({ x: `${'a'.repeat(60)}b` })).toThrow('too many steps');
  });
});

describe('output-schema', () => {
  it('makes an execution whose output does not fit an ERROR', () => {
    expect(outcome({ host: 'a'.repeat(30) })).toEqual([
      'ERROR',
      expect.stringContaining("Invalid output [name=serve, invalid=['url must NOT have more than 20 characters']]"),
    ]);
  });

  it('asks for every member it names', () => {
    const yaml = "version: '2.0'\nw:\n  output-schema: {ip: {}}\n  tasks: {t: {action: std.noop}}\n";

    expect(new Run(yaml).start().flow().execution.stateInfo).toContain('must have required property');
  });
});

describe('an upload', () => {
  it.each([
    ['input-schema: {y: {type: integer}}', "input-schema: 'y' is no input of the workflow"],
    ['input-schema: {x: {type: whole}}', 'input-schema.x: schema is invalid'],
    ['input-schema: {x: 5}', 'input-schema.x: schema is invalid'],
    ['output-schema: {z: {$ref: "#/nowhere"}}', "output-schema.z: can't resolve reference #/nowhere"],
    ['output-schema: {z: {pattern: "("}}', 'output-schema.z: '],
    ['output-schema: []', '[] is not of type'],
  ])('is refused with %s', (attribute, problem) => {
    const yaml = `version: '2.0'\nw:\n  input: [x]\n  ${attribute}\n  tasks: {t: {action: std.noop}}\n`;

    expect(() => new Run(yaml)).toThrow(problem);
  });
});
