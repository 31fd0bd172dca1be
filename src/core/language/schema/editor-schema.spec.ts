import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { loadYaml } from '../../shared/index.js';
import { workflowJsonSchema } from './editor-schema.js';

const validate = new Ajv2020({ strict: false, allowUnionTypes: true }).compile(workflowJsonSchema());

function isValid(workflow: string): boolean {
  return validate(loadYaml(`version: '2.0'\nwf:\n${workflow.replace(/^/gm, '  ')}\n`));
}

describe('the JSON Schema for editors', () => {
  it.each([
    'tasks: {a: {action: std.noop}}',
    'description: x\ninput: [a, {b: 1}]\ntasks: {a: {retry: count=1 delay=2, on-success: [b, {c: <% $.x %>}]}, b: {join: all}, c: {join: 2}}',
    'type: reverse\ntask-defaults: {timeout: 5, requires: b}\ntasks: {a: {requires: [b]}, b: {action: x}}',
    'tasks: {a: {on-error: {publish: {branch: {x: 1}}, next: b}}, b: {with-items: ["i in [1]", "j in {{ _.x }}"]}}',
  ])('takes %j', (workflow) => {
    expect(isValid(workflow)).toBe(true);
  });

  it.each([
    'tasks: {}',
    'tasks: {a: {acton: x}}',
    'tasks: {a: {action: x, workflow: y}}',
    'tasks: {a: {requires: b}, b: {action: x}}',
    'type: reverse\ntasks: {a: {on-success: b}, b: {action: x}}',
    'tasks: {a: {on-success: [{b: true}]}, b: {action: x}}',
    'tasks: {a: {retry: {count: 1}}}',
    'task-defaults: {join: all}\ntasks: {a: {action: x}}',
    'input: []\ntasks: {a: {action: x}}',
  ])('refuses %j', (workflow) => {
    expect(isValid(workflow)).toBe(false);
  });

  it('is the one in schema/, which scripts/write-workflow-schema.mjs writes', () => {
    const file = new URL('../../../../schema/workflow-v2.schema.json', import.meta.url);

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(workflowJsonSchema());
  });

  it('explains attributes', () => {
    expect(workflowJsonSchema()).toHaveProperty('$defs.directTask.properties.join.description');
  });
});
