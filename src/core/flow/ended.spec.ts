import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

function started(tasks: string, more = ''): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}${more}`).start();
}

const HEAD = '    a: {action: std.async_noop, on-error: [clean_up, fail], on-success: [clean_up, succeed]}\n';

describe.each(['ERROR', 'SUCCESS'] as const)('a task started before the workflow ends in %s', (end) => {
  const after = (task: string): Run => started(`${HEAD}    clean_up: ${task}\n`).finish('a', null, end);

  it('runs to its end behind wait-before', () => {
    const run = after('{action: std.async_noop, wait-before: 5}');
    expect([run.state, run.task('clean_up').state]).toEqual([end, 'DELAYED']);

    run.fire().finish('clean_up', 7);

    expect([run.state, run.task('clean_up').state]).toEqual([end, 'SUCCESS']);
  });

  it('is tried again', () => {
    const run = after('{action: std.async_noop, retry: {count: 2, delay: 3}}');

    run.finish('clean_up', null, 'ERROR').fire().finish('clean_up', null, 'ERROR').fire().finish('clean_up');

    expect(run.task('clean_up')).toMatchObject({
      state: 'SUCCESS',
      runtimeContext: { retry_task_policy: { retry_no: 2 } },
    });
  });

  it('starts all its items', () => {
    const run = after("{with-items: 'i in [1, 2, 3]', concurrency: 1, action: std.async_noop, wait-before: 1}");

    run.fire().finish('clean_up').finish('clean_up').finish('clean_up');

    expect(run.task('clean_up').state).toBe('SUCCESS');
  });

  it('ends behind wait-after', () => {
    const run = after('{action: std.noop, wait-after: 5}').fire();

    expect(run.task('clean_up').state).toBe('SUCCESS');
  });

  it('starts its sub-workflow', () => {
    const run = after(
      '{workflow: sub, wait-before: 5}\nsub:\n  tasks:\n    s: {action: std.async_noop, wait-before: 1}',
    );

    run.fire().fire().finish('s', null, 'SUCCESS', 1);

    expect([run.flow(1).execution.state, run.task('clean_up').state]).toEqual(['SUCCESS', 'SUCCESS']);
  });

  it('has no successors', () => {
    const run = after('{action: std.noop, wait-before: 5, on-success: more}\n    more: {action: std.noop}').fire();

    expect(run.states()).toEqual({ a: end, clean_up: 'SUCCESS' });
  });

  it('ends at its timeout', () => {
    const run = after('{action: std.async_noop, timeout: 5}').fire();

    expect(run.task('clean_up').state).toBe('ERROR');
  });
});

it('a task of another branch that waits when the workflow fails runs to its end', () => {
  const run = started(
    '    a: {action: std.async_noop, on-error: fail}\n    b: {action: std.async_noop, wait-before: 5}\n',
  );

  run.finish('a', null, 'ERROR').fire().finish('b');

  expect([run.state, run.task('b').state]).toEqual(['ERROR', 'SUCCESS']);
});

describe('a cancel stops', () => {
  const cancelled = (task: string): Run =>
    started(`    a: {action: std.async_noop}\n    b: ${task}\n`).send({
      kind: 'stop',
      state: 'CANCELLED',
      message: null,
    });

  it('what waits before its start', () => {
    expect(cancelled('{action: std.noop, wait-before: 5}').fire().flow().actions.size).toBe(1);
  });

  it('further attempts', () => {
    const run = cancelled('{action: std.async_noop, retry: {count: 1, delay: 0}}').finish('b', null, 'ERROR');

    expect(run.flow().actions.size).toBe(2);
  });

  it('further items', () => {
    const run = cancelled("{with-items: 'i in [1, 2]', concurrency: 1, action: std.async_noop}").finish('b');

    expect(run.flow().actions.size).toBe(2);
  });
});
