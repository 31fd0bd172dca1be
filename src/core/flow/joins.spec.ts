import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

function started(tasks: string): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}`).start();
}

const TWO_SOURCES = `    a: {action: std.async_noop, on-success: j}
    b: {action: std.async_noop, on-success: j}
    c: {action: std.noop}
`;

describe('a join that has failed', () => {
  it('fails once, however many of its other sources end later', () => {
    const run = started(`${TWO_SOURCES}    j: {join: all, on-error: c}`);
    run.finish('b', null, 'ERROR');

    run.finish('a');

    expect(run.flow().tasksNamed('j')).toHaveLength(1);
    expect(run.flow().tasksNamed('c')).toHaveLength(1);
  });

  it('waits again once every source that made it fail leads to it after a rerun', () => {
    const run = started(
      `${TWO_SOURCES.replace('std.noop', 'std.noop, on-success: j')}    j: {join: all, action: std.noop}`,
    );
    run.finish('a', null, 'ERROR').finish('b', null, 'ERROR');
    expect(run.task('j').stateInfo).toBe("Failed by tasks: ['a']");

    run.send({ kind: 'rerun', taskId: run.task('a').id, reset: true }).finish('a');
    expect(run.task('j').state).toBe('ERROR');
    run.send({ kind: 'rerun', taskId: run.task('b').id, reset: true }).finish('b');

    expect(run.states()).toMatchObject({ a: 'SUCCESS', b: 'SUCCESS', j: 'SUCCESS' });
    expect(run.state).toBe('SUCCESS');
  });

  it('waits again once a source that made it fail has been skipped', () => {
    const run = started(`${TWO_SOURCES}    j: {join: all, action: std.noop}`);
    run.finish('a').finish('b', null, 'ERROR');

    run.send({ kind: 'skip', taskId: run.task('b').id });

    expect(run.states()).toMatchObject({ b: 'SKIPPED', j: 'SUCCESS' });
  });

  it('does not run again for a late source when its own action has failed', () => {
    const run = started(`${TWO_SOURCES.replace('c: {', 'd: {')}    j: {join: one, action: std.fail, on-error: noop}`);
    run.finish('a');

    run.finish('b');

    expect(run.flow().actionsOf(run.task('j').id)).toHaveLength(1);
  });
});

describe('a source that runs twice', () => {
  it('leads to a join by the first of its runs that does', () => {
    const run = started(`    a: {action: std.noop, on-success: s}
    b: {action: std.noop, on-success: s}
    c: {action: std.noop, on-success: j}
    s: {action: std.async_noop, on-success: j}
    j: {join: all, action: std.noop}`);
    expect(run.task('j').state).toBe('WAITING');

    run.finish('s');

    expect(run.task('j').state).toBe('SUCCESS');
  });
});
