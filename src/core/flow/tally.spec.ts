import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import { tallyOf } from './tally.js';

describe('the tally of a task that runs again', () => {
  it('does not count the action of the run before that is still under way', () => {
    const run = new Run(
      `version: '2.0'\nw:\n  tasks:\n    t: {action: std.async_noop, timeout: 5}\n    o: {action: std.async_noop}`,
    ).start();
    run.fire().send({ kind: 'rerun', taskId: run.task('t').id, reset: true });
    const flow = run.flow();
    const task = run.task('t');

    expect(flow.tally(task.id).active).toBe(1);
    expect(flow.tally(task.id)).toEqual(tallyOf(task, flow.actionsOf(task.id), []));
  });
});
