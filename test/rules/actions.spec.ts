import { describe, expect, it } from '@jest/globals';
import { error, never, play, success } from './play.js';

describe('ad-hoc actions', () => {
  it('5.68 show their defaults as input and their full name', () => {
    const run = play('t: {workflow: book.w}', {
      workbook: `
      version: '2.0'
      name: book
      actions:
        greet: {input: [who: you], base: std.echo output=<% $.who %>}
      workflows:
        w: {tasks: {s: {action: greet}}}`,
    });

    expect(run.calls['t/s']).toEqual([{ name: 'book.greet', input: { who: 'you' } }]);
    expect(run.task('t/s').result).toBe('you');
  });

  it('5.69 the output of an asynchronous one is made of what is delivered from outside', () => {
    const run = play('t: {action: wrapped}', {
      adhoc: 'wrapped: {base: std.async_noop, output: "(((<% $ %>)))"}',
      actions: { t: success('data', 5) },
    });

    expect(run.task('t').result).toBe('(((data)))');
  });
});

const ADHOC = 'wrap: {input: [{x: 1}], base: std.echo, base-input: {output: <% $.nope %>}}';
const LACKS = 'wrap: {base: std.echo}';
const TOO_MUCH = 'wrap: {base: std.echo output=1 volume=2}';
const NESTED = 'wrap: {base: inner volume=2}\ninner: {input: [needed], base: std.echo output=<% $.needed %>}';
const UNBUILT = 'wrap: {base: std.sleep, base-input: {seconds: null}}';

describe.each([
  ['a base-input that can not be evaluated', ADHOC, "expression=$.nope, error='nope'"],
  ['parameters that the base lacks', LACKS, "missing=['output']"],
  ['parameters that the base does not know', TOO_MUCH, "unexpected=['volume']"],
  ['what an inner ad-hoc action lacks', NESTED, "expression=$.needed, error='needed'"],
  ['values that the base can not take', UNBUILT, ''],
])('%s', (_what, adhoc, cause) => {
  const text = `Failed to instantiate an action [action_desc=AdHoc action [name=wrap, definition=version: '2.0'\n`;

  it('is an error of the task that on-error handles', () => {
    const run = play('t: {action: wrap, on-error: noop}', { adhoc });

    expect([run.state, run.task('t').state, run.calls['t']]).toEqual(['SUCCESS', 'ERROR', undefined]);
    expect(run.task('t').info?.startsWith(text)).toBe(true);
    expect(run.task('t').info?.split(']]:\n')).toHaveLength(2);
    expect(run.task('t').info?.split(']]:\n')[1]).toContain(cause);
  });

  it('is tried again', () => {
    const run = play('t: {action: wrap, retry: {count: 2, delay: 1}, on-error: noop}', { adhoc });

    expect(run.task('t').runtimeContext).toEqual({ retry_task_policy: { retry_no: 2 } });
    expect(run.state).toBe('SUCCESS');
  });

  it('ends a with-items task, also with retry', () => {
    const run = play("t: {with-items: 'i in [1, 2]', action: wrap, retry: {count: 1, delay: 1}, on-error: noop}", {
      adhoc,
    });

    expect([run.state, run.task('t').state]).toEqual(['SUCCESS', 'ERROR']);
  });
});

it('what the outermost ad-hoc action itself lacks is fatal', () => {
  const run = play('t: {action: wrap, on-error: noop}', { adhoc: 'wrap: {input: [x], base: std.noop}' });

  expect(run.info).toContain('Invalid input [name=wrap, class=mistral.actions.adhoc.AdHocAction');
});

describe('actions', () => {
  it('5.72 an asynchronous action whose run fails makes its task an ERROR at once', () => {
    const run = play('t: {action: acme.async}', { actions: { t: error('could not call') } });

    expect(run.task('t')).toMatchObject({ state: 'ERROR', info: 'could not call', finishedAt: 0 });
    expect(play('t: {action: acme.async}', { actions: { t: never } }).state).toBe('RUNNING');
  });

  it('5.73 defaults of the environment apply to missing parameters only', () => {
    const env = { __actions: { 'acme.do': { timeout: 5, size: 1 } } };
    const run = play('t: {action: acme.do size=2}', { params: { env }, actions: { t: success(1) } });

    expect(run.inputs.get('t')).toEqual([{ timeout: 5, size: 2 }]);
  });
});

describe('reverse workflows', () => {
  it('5.74 a task does not require itself through the defaults', () => {
    const run = play(
      `
      a: {action: std.noop}
      b: {action: std.noop}`,
      { head: 'type: reverse\ntask-defaults: {requires: [a]}', params: { task_name: 'b' } },
    );

    expect(run.order).toEqual(['a', 'b']);
  });

  it('5.75 a start without a target is refused, and what the target does not need never runs', () => {
    const tasks = `
      a: {action: std.noop}
      b: {action: std.noop, requires: [a]}
      c: {action: std.noop, requires: [a]}`;

    expect(() => play(tasks, { head: 'type: reverse' })).toThrow('Invalid task name');
    expect(play(tasks, { head: 'type: reverse', params: { task_name: 'b' } }).states()).toEqual({
      a: 'SUCCESS',
      b: 'SUCCESS',
    });
  });
});
