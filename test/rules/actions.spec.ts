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
