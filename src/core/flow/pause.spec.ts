import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

const SUB = 'sub:\n  tasks:\n    s: {action: std.async_noop}\n';

function started(tasks: string): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}\n${SUB}`).start();
}

describe('a sub-workflow that a retry has replaced, when it runs again', () => {
  function replaced(): Run {
    const run = started('    t: {workflow: sub, retry: {count: 1, delay: 5}}').finish('s', null, 'ERROR', 1);
    return run.send({ kind: 'rerun', taskId: run.task('s', 1).id, reset: true }, 1);
  }

  it('does not pause its parent', () => {
    const run = replaced().send({ kind: 'pause' }, 1);

    expect([run.state, run.task('t').state]).toEqual(['RUNNING', 'DELAYED']);
  });

  it('is paused and resumed with its parent, whose task still waits for its retry', () => {
    const run = replaced().send({ kind: 'pause' });
    expect(run.flow(1).execution.state).toBe('PAUSED');

    run.send({ kind: 'resume' });

    expect([run.flow(1).execution.state, run.task('t').state]).toEqual(['RUNNING', 'DELAYED']);
  });
});

it('a cancel reaches a sub-workflow that a timeout has given up', () => {
  const run = started('    t: {workflow: sub, timeout: 5, on-error: o}\n    o: {action: std.async_noop}').fire();

  run.send({ kind: 'stop', state: 'CANCELLED', message: 'enough' });

  expect(run.flow(1).execution.state).toBe('CANCELLED');
});

it('an action of an earlier run does not pause its task', () => {
  const run = started('    t: {action: std.async_noop, timeout: 5}\n    o: {action: std.async_noop}').fire();
  const [late] = run.flow().actionsOf(run.task('t').id);
  run.send({ kind: 'rerun', taskId: run.task('t').id, reset: true });

  run.send({ kind: 'action-updated', actionId: late?.id ?? '', state: 'PAUSED' });

  expect([run.state, run.task('t').state]).toEqual(['RUNNING', 'RUNNING']);
});
