import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

function pausedAfter(tasks: string): Run {
  const run = new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}`).start().send({ kind: 'pause' });
  return run.finish('a');
}

describe('what follows a task that ended during a pause', () => {
  it('is what its guards say at the resume', () => {
    const run = pausedAfter(`    a: {action: std.async_noop, on-success: [{c: <% task(b).state = SUCCESS %>}]}
    b: {action: std.async_noop, publish: {x: 1}}
    c: {action: std.async_noop, publish: {y: 1}}`);
    run.finish('b').send({ kind: 'resume' });

    run.finish('c');

    expect(run.task('a').nextTasks).toEqual([['c', 'on-success']]);
    expect(run.output).toEqual({ x: 1, y: 1 });
  });

  it('ends the execution when a guard has no answer any more', () => {
    const run =
      pausedAfter(`    a: {action: std.async_noop, on-success: {publish: {global: {g: 1}}, next: [{c: <% global(g) > 0 %>}]}}
    b: {action: std.async_noop, on-success: {publish: {global: {g: text}}}}
    c: {action: std.noop}`);
    run.finish('b').send({ kind: 'resume' });

    expect(run.state).toBe('ERROR');
    expect(run.task('a').stateInfo).toMatch(/^Failed to handle action completion/);
  });
});
