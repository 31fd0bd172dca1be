import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

function started(tasks: string): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}`).start();
}

describe('joins that would wait for ever', () => {
  it('fail at once when they wait for each other', () => {
    const run = started(`    a: {action: std.noop, on-success: [j, k]}
    j: {join: all, on-success: k}
    k: {join: all, on-success: j}`);

    expect(run.task('j')).toMatchObject({ state: 'ERROR', stateInfo: "These joins wait for each other: ['j', 'k']" });
    expect(run.task('k')).toMatchObject({ state: 'ERROR', stateInfo: "Failed by tasks: ['j']" });
    expect(run.state).toBe('ERROR');
  });

  it('fail at once when one waits for itself', () => {
    const run = started(`    a: {action: std.noop, on-success: j}
    j: {join: all, on-success: j}`);

    expect(run.task('j').stateInfo).toBe("These joins wait for each other: ['j']");
  });

  it('wait as long as another task is under way', () => {
    const run = started(`    a: {action: std.noop, on-success: [j, k]}
    b: {action: std.async_noop}
    j: {join: all, on-success: k}
    k: {join: all, on-success: j}`);
    expect(run.states()).toMatchObject({ j: 'WAITING', k: 'WAITING' });

    run.finish('b');

    expect(run.states()).toMatchObject({ j: 'ERROR', k: 'ERROR' });
  });

  it('fail once the pause they were held in is over', () => {
    const run = started(`    a: {action: std.async_noop, on-success: [j, k]}
    j: {join: all, on-success: k}
    k: {join: all, on-success: j}`);
    run.send({ kind: 'pause' }).finish('a');

    run.send({ kind: 'resume' });

    expect(run.state).toBe('ERROR');
  });

  it('let their on-error clauses go on', () => {
    const run = started(`    a: {action: std.noop, on-success: j}
    j: {join: all, on-success: j, on-error: c}
    c: {action: std.noop}`);

    expect(run.states()).toEqual({ a: 'SUCCESS', j: 'ERROR', c: 'SUCCESS' });
    expect(run.state).toBe('SUCCESS');
  });

  it('do not start each other again and again', () => {
    const run = started(`    a: {action: std.noop, on-success: [j, k]}
    j: {join: all, on-error: k, on-complete: k}
    k: {join: all, on-error: j, on-complete: j}`);

    expect(run.state).not.toBe('RUNNING');
  });
});
