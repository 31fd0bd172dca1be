import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

const INFO = 'Task timed out [timeout(s)=5].';
const TIMED_OUT = { state: 'ERROR', result: 'Timeout after 5 seconds', isTimeout: true } as const;

function aTask(attributes: string): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n    t: {${attributes}}\n    f: {action: std.noop}`).start();
}

/** The first action of `t`, as its executor ends it. */
function endByExecutor(run: Run): void {
  const [action] = run.flow().actionsOf(run.task('t').id);
  run.send({ kind: 'action-done', actionId: action?.id ?? '', outcome: TIMED_OUT });
}

describe('the timeout of a task', () => {
  it.each([
    ['the timer', (run: Run) => run.fire()],
    ['the executor', endByExecutor],
  ])('ends the task, retries and all, when %s is the first to notice', (_, end) => {
    const run = aTask('action: std.sleep, timeout: 5, retry: {count: 3, delay: 1}, on-error: f');
    end(run);

    expect(run.task('t')).toMatchObject({ state: 'ERROR', stateInfo: INFO });
    expect(run.states()).toEqual({ t: 'ERROR', f: 'SUCCESS' });
    expect(run.flow().timers.size).toBe(0);
  });

  it('ends a task of which one item has used up the time', () => {
    const run = aTask('with-items: "i in [1, 2]", action: std.sleep, timeout: 5, on-error: f');
    endByExecutor(run);

    expect(run.task('t')).toMatchObject({ state: 'ERROR', stateInfo: INFO });
  });

  it('is not that of an earlier run', () => {
    const run = aTask('action: std.sleep, timeout: 5, retry: {count: 3, delay: 1}');
    run.finish('t', 'broken', 'ERROR').fire();
    const [, second] = run.flow().actionsOf(run.task('t').id);
    run.send({ kind: 'stop', state: 'ERROR', message: null }).fire();
    run.send({ kind: 'rerun', taskId: run.task('t').id, reset: true });
    run.send({ kind: 'action-done', actionId: second?.id ?? '', outcome: TIMED_OUT });

    expect([run.state, run.task('t').state]).toEqual(['RUNNING', 'RUNNING']);
  });
});
