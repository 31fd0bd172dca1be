import { describe, expect, it } from '@jest/globals';
import { error, play, success } from './play.js';

describe('joins', () => {
  it('5.48 a join all fails when a branch can not reach it, however far back that is decided', () => {
    const run = play(`
      a: {action: std.noop, on-success: j}
      b: {action: std.fail, on-success: c, on-error: noop}
      c: {action: std.noop, on-success: d}
      d: {action: std.noop, on-success: j}
      j: {join: all}`);

    expect(run.task('j')).toMatchObject({ state: 'ERROR', info: "Failed by tasks: ['d']" });
    expect(run.state).toBe('ERROR');
  });

  it('5.49 a source in two clauses counts once', () => {
    const run = play(`
      a: {action: std.noop, on-success: [b, c], on-complete: c}
      b: {action: std.noop, on-success: c}
      c: {join: all}`);

    expect(run.order).toEqual(['a', 'b', 'c']);
    expect(run.state).toBe('SUCCESS');
  });

  it('5.50 a join that nothing has led to does not fail the workflow', () => {
    const run = play(
      `
      a: {action: std.fail, on-success: j}
      b: {action: std.noop, on-success: [{j: <% false %>}]}
      flag: {action: std.noop}
      j: {join: all}`,
      { head: 'task-defaults: {on-error: [flag]}' },
    );

    expect(run.states()).toEqual({ a: 'ERROR', b: 'SUCCESS', flag: 'SUCCESS' });
    expect(run.state).toBe('SUCCESS');
  });

  it('5.54 a join whose action failed runs alone when it is run again', () => {
    const run = play(
      `
      a: {action: std.noop, on-success: j}
      b: {action: std.noop, on-success: j}
      j: {join: all, action: acme.do, on-success: k}
      k: {action: std.noop}`,
      { actions: { j: [error('no'), success(1)] }, events: [{ kind: 'rerun', task: 'j', reset: true }] },
    );

    expect(run.order).toEqual(['a', 'b', 'j', 'j', 'k']);
    expect(run.state).toBe('SUCCESS');
  });

  it('5.81 a partial join fires once and ignores later triggers (in Mistral it runs again)', () => {
    const run = play(
      `
      a: {action: std.noop, on-success: j}
      b: {action: acme.do, on-success: j}
      j: {join: one, action: std.noop, on-success: k}
      k: {action: std.noop}`,
      { actions: { b: success(1, 3) } },
    );

    expect(run.order).toEqual(['a', 'b', 'j', 'k']);
    expect(run.task('j').starts).toBe(1);
  });
});
