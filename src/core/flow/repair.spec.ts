import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import type { ActionRow, TaskRow } from './rows.js';

const SWEEP = { kind: 'sweep' } as const;

function started(tasks: string, more = ''): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}\n${more}`).start();
}

/** Damages a row as a bug would, as if the execution were loaded anew. */
function damage(run: Run, name: string, patch: Partial<TaskRow>): void {
  const flow = run.flow();
  flow.putTask({ ...run.task(name), ...patch });
  flow.tallies.clear();
}

function loseTimers(run: Run): void {
  for (const id of [...run.flow().timers.keys()]) run.flow().dropTimer(id);
}

function actionsOf(run: Run, name: string): readonly ActionRow[] {
  return run.flow().actionsOf(run.task(name).id);
}

function loseActions(run: Run, name: string): void {
  const flow = run.flow();
  for (const { id } of actionsOf(run, name)) flow.actions.delete(id);
  flow.tallies.clear();
}

function endUnnoticed(run: Run, name: string, patch: Partial<ActionRow>): void {
  const flow = run.flow();
  for (const action of actionsOf(run, name)) flow.putAction({ ...action, accepted: true, ...patch });
  flow.tallies.clear();
}

/** Everything of an execution that a sweep could change. */
function rowsOf(run: Run): unknown {
  const { tasks, actions, timers, children, execution } = run.flow();
  return [[...tasks.values()], [...actions.values()], [...timers.keys()], [...children.values()], execution.state];
}

describe('a sweep leaves alone', () => {
  it.each<[string, string]>([
    ['a task whose action is under way', '    t: {action: std.async_noop}'],
    ['a task whose action is with an executor', '    t: {action: std.sleep}'],
    ['a delayed task with its timer', '    t: {action: std.noop, wait-before: 5}'],
    ['a task that waits after its action', '    t: {action: std.noop, wait-after: 5}'],
    ['a task that will be tried again', '    t: {action: std.fail, retry: {count: 3, delay: 5}}'],
    ['a task with a timeout', '    t: {action: std.sleep, timeout: 5}'],
    ['a join behind a task under way', '    a: {action: std.sleep, on-success: j}\n    j: {join: all}'],
    [
      'items within their concurrency',
      '    t: {with-items: "i in <% [1, 2, 3] %>", concurrency: 2, action: std.sleep}',
    ],
    ['items without a limit', '    t: {with-items: "i in <% [1, 2, 3] %>", action: std.sleep}'],
  ])('%s', (_, tasks) => {
    const run = started(tasks);
    const before = rowsOf(run);

    run.send(SWEEP);

    expect(rowsOf(run)).toEqual(before);
  });

  it('a task whose sub-workflow runs', () => {
    const run = started('    t: {workflow: sub}', 'sub:\n  tasks:\n    s: {action: std.sleep}\n');
    const before = rowsOf(run);

    run.send(SWEEP);

    expect(rowsOf(run)).toEqual(before);
  });

  it('a paused execution', () => {
    const run = started('    t: {action: std.sleep, wait-before: 1}').send({ kind: 'pause' });
    loseTimers(run);
    const before = rowsOf(run);

    run.send(SWEEP);

    expect(rowsOf(run)).toEqual(before);
  });
});

describe('a sweep wakes', () => {
  it('an idle task', () => {
    const run = started('    t: {action: std.sleep}');
    loseActions(run, 't');
    damage(run, 't', { state: 'IDLE', startedAt: null });

    run.send(SWEEP);

    expect(run.task('t').state).toBe('RUNNING');
    expect(actionsOf(run, 't')).toHaveLength(1);
  });

  it('a delayed task that has lost its timer', () => {
    const run = started('    t: {action: std.noop, wait-before: 5}');
    loseTimers(run);

    run.send(SWEEP);

    expect(run.state).toBe('SUCCESS');
  });

  it('a task that has lost the timer of its retry', () => {
    const run = started('    t: {action: std.async_noop, retry: {count: 3, delay: 5}}').finish('t', 'no', 'ERROR');
    loseTimers(run);

    run.send(SWEEP);
    run.finish('t');

    expect(run.state).toBe('SUCCESS');
    expect(actionsOf(run, 't')).toHaveLength(2);
  });

  it('a delayed task that has kept only the timer of its timeout', () => {
    const run = started('    t: {action: std.noop, wait-before: 5, timeout: 60}');
    const wait = [...run.flow().timers.values()].find(({ kind }) => kind === 'wait-before');
    run.flow().dropTimer(wait?.id ?? '');

    run.send(SWEEP);

    expect(run.state).toBe('SUCCESS');
  });

  it.each([
    ['SUCCESS', null],
    ['ERROR', 'failed'],
  ] as const)('a task that has lost the timer of wait-after, with its end: %s', (state, info) => {
    const run = started(`    t: {action: std.async_noop, wait-after: 5}`).finish('t', 'failed', state);
    expect(run.task('t').state).toBe('DELAYED');
    loseTimers(run);

    run.send(SWEEP);

    expect(run.task('t')).toMatchObject({ state, stateInfo: info });
    expect(actionsOf(run, 't')).toHaveLength(1);
  });

  it('a running task without an action', () => {
    const run = started('    t: {action: std.sleep}');
    loseActions(run, 't');

    run.send(SWEEP);

    expect(actionsOf(run, 't')).toMatchObject([{ state: 'RUNNING', run: 1 }]);
  });

  it.each([
    ['SUCCESS', { result: 7 }, null],
    ['ERROR', { result: 'broken' }, 'broken'],
  ] as const)('a running task whose only action has ended: %s', (state, output, info) => {
    const run = started('    t: {action: std.sleep, timeout: 60}');
    endUnnoticed(run, 't', { state, output });

    run.send(SWEEP);

    expect(run.task('t')).toMatchObject({ state, stateInfo: info });
    expect(run.state).toBe(state);
  });

  it('the items that are missing', () => {
    const run = started('    t: {with-items: "i in <% [1, 2, 3] %>", action: std.async_noop}');
    const [, second] = actionsOf(run, 't');
    run.flow().actions.delete(second?.id ?? '');
    run.flow().tallies.clear();

    run.send(SWEEP);
    for (let left = 3; left > 0; left -= 1) run.finish('t');

    expect(run.state).toBe('SUCCESS');
    expect(actionsOf(run, 't').map(({ index }) => index)).toEqual([0, 2, 1]);
  });

  it('items that have all ended', () => {
    const run = started('    t: {with-items: "i in <% [1, 2] %>", action: std.sleep}');
    endUnnoticed(run, 't', { state: 'SUCCESS', output: { result: 1 } });

    run.send(SWEEP);

    expect(run.state).toBe('SUCCESS');
  });

  it('a join whose sources have all led to it', () => {
    const run = started('    a: {action: std.async_noop, on-success: j}\n    j: {join: all, action: std.noop}');
    damage(run, 'a', { state: 'SUCCESS', nextTasks: [['j', 'on-success']], processed: true });
    run.flow().putTask({ ...run.task('a'), id: 'the-join', name: 'j', state: 'WAITING', runtimeContext: {}, run: 1 });

    run.send(SWEEP);

    expect(run.state).toBe('SUCCESS');
  });

  it('inline actions, also of a paused execution', () => {
    const run = started('    t: {action: std.async_noop}');
    endUnnoticed(run, 't', { dispatch: 'inline', accepted: false, runName: 'std.noop' });
    run.send({ kind: 'pause' });

    run.send(SWEEP);

    expect(run.task('t').state).toBe('SUCCESS');
  });

  it('an execution whose tasks have all ended', () => {
    const run = started('    t: {action: std.sleep}');
    endUnnoticed(run, 't', { state: 'SUCCESS', output: { result: 1 } });
    damage(run, 't', { state: 'SUCCESS', processed: true, nextTasks: [] });

    run.send(SWEEP);

    expect(run.state).toBe('SUCCESS');
  });

  it('a parent that was not told of the end of its sub-workflow', () => {
    const run = started('    t: {workflow: sub}', 'sub:\n  tasks:\n    s: {action: std.async_noop}\n').finish(
      's',
      1,
      'SUCCESS',
      1,
    );
    expect(run.state).toBe('SUCCESS');
    const flow = run.flow();
    const [child] = flow.childrenOf(run.task('t').id);
    if (child === undefined) throw new Error('no child');
    flow.putChild({ ...child, state: 'RUNNING', output: {} });
    flow.execution = { ...flow.execution, state: 'RUNNING' };
    damage(run, 't', { state: 'RUNNING', processed: false, nextTasks: null });

    run.send(SWEEP, 1);

    expect(run.state).toBe('SUCCESS');
  });
});
