import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import type { Command } from './changes.js';
import type { ActionRow } from './rows.js';

function started(tasks: string): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}`).start();
}

function actionsOf(run: Run, name: string): readonly ActionRow[] {
  return run.flow().actionsOf(run.task(name).id);
}

function lose(run: Run, name: string): readonly Command[] {
  const [action] = actionsOf(run, name);
  const before = run.commands.length;
  run.send({ kind: 'action-lost', actionId: action?.id ?? '' });
  return run.commands.slice(before);
}

describe('an action whose executor died', () => {
  it('is an ERROR that says so, when it may not run again', () => {
    const run = started('    t: {action: std.sleep, on-error: c}\n    c: {action: std.noop}');

    const commands = lose(run, 't');

    expect(run.task('t').stateInfo).toMatch(/^The outcome of the action is unknown: .*action=std\.sleep/);
    expect(run.states()).toEqual({ t: 'ERROR', c: 'SUCCESS' });
    expect(commands).toEqual([]);
  });

  it('runs again under the same id, when that is safe', () => {
    const run = started('    t: {action: std.sleep, safe-rerun: true}');
    const [action] = actionsOf(run, 't');

    const commands = lose(run, 't');

    expect(commands).toEqual([{ kind: 'run-action', actionId: action?.id }]);
    expect(actionsOf(run, 't')).toEqual([action]);
    expect(run.finish('t').state).toBe('SUCCESS');
  });

  it('is tried again as any other failure, with a new id', () => {
    const run = started('    t: {action: std.sleep, retry: {count: 1, delay: 0}}');

    const commands = lose(run, 't');

    expect(actionsOf(run, 't').map(({ state }) => state)).toEqual(['ERROR', 'RUNNING']);
    expect(commands).toEqual([{ kind: 'run-action', actionId: actionsOf(run, 't')[1]?.id }]);
  });

  it('does not run again for a task or an execution that has ended', () => {
    const timedOut = started('    t: {action: std.sleep, safe-rerun: true, timeout: 5}').fire();
    const stopped = started('    t: {action: std.sleep, safe-rerun: true}');
    stopped.send({ kind: 'stop', state: 'CANCELLED', message: null });

    expect([...lose(timedOut, 't'), ...lose(stopped, 't')]).toEqual([]);

    expect(actionsOf(timedOut, 't')).toMatchObject([{ state: 'ERROR', accepted: true }]);
    expect(actionsOf(stopped, 't')).toMatchObject([{ state: 'ERROR' }]);
  });

  it('keeps the result that came first', () => {
    const run = started('    t: {action: std.sleep}').finish('t', 1);

    expect(lose(run, 't')).toEqual([]);

    expect(run.state).toBe('SUCCESS');
  });

  it('is left to whoever will report its result', () => {
    const run = started('    t: {action: std.sleep}');
    run.send({ kind: 'action-pending', actionId: actionsOf(run, 't')[0]?.id ?? '' });

    expect(lose(run, 't')).toEqual([]);

    expect(run.task('t').state).toBe('RUNNING');
  });
});

describe('pure actions that the budget left over', () => {
  it('run in the next transaction', () => {
    const run = new Run(
      `version: '2.0'\nw:\n  tasks:\n    t: {with-items: "i in <% [1, 2, 3, 4, 5] %>", action: std.noop}`,
    );
    run.budget = 2;

    run.start();

    expect(run.state).toBe('SUCCESS');
  });
});

describe('a loop without a single action', () => {
  it.each([
    ['of empty lists', '    b: {with-items: "i in <% [] %>", action: std.noop, on-success: b}'],
    ['of sub-workflows that do not exist', '    b: {workflow: nope, on-error: b}'],
    ['of joins', '    b: {join: one, workflow: nope, on-error: b}'],
  ])('%s can be stopped, and goes on by itself', (_, loop) => {
    const run = new Run(`version: '2.0'\nw:\n  tasks:\n    a: {action: std.noop, on-success: b}\n${loop}`);
    run.budget = 20;
    run.isPatient = true;

    run.start();
    const passes = run.flow().tasksNamed('b').length;
    run.deliver();
    expect(run.flow().tasksNamed('b').length).toBeGreaterThan(passes);
    run.send({ kind: 'stop', state: 'CANCELLED', message: null });

    expect(run.state).toBe('CANCELLED');
    expect(run.flow().tasksNamed('b').length).toBeLessThan(100);
  });

  it('keeps a pause for what it has left over', () => {
    const run = new Run(`version: '2.0'
w:
  tasks:
    a: {with-items: "i in <% [] %>", action: std.noop, on-success: [b, pause, c]}
    b: {action: std.noop}
    c: {action: std.noop}`);
    run.budget = 0;
    run.isPatient = true;
    run.start();
    expect(run.states()).toEqual({ a: 'SUCCESS' });

    run.budget = Infinity;
    run.deliver();

    expect(run.state).toBe('PAUSED');
    expect(run.send({ kind: 'resume' }).states()).toMatchObject({ c: 'SUCCESS' });
  });
});

describe('what a transaction has no time to start', () => {
  function patient(tasks: string): Run {
    const run = new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}`);
    run.starts = 2;
    run.isPatient = true;
    return run.start();
  }

  it('are tasks that stay IDLE until the next ones', () => {
    const run = patient(['a', 'b', 'c', 'd', 'e'].map((name) => `    ${name}: {action: std.async_noop}\n`).join(''));
    expect(Object.values(run.states())).toEqual(['RUNNING', 'RUNNING', 'IDLE', 'IDLE', 'IDLE']);

    run.deliver();
    run.deliver();

    expect(new Set(Object.values(run.states()))).toEqual(new Set(['RUNNING']));
    expect(run.flow().actions.size).toBe(5);
  });

  it('are items of a with-items task, each started once, with the list as it was', () => {
    const run = patient(
      '    t: {with-items: i in <% range(9).select($ * 10) %>, action: std.echo output=<% $.i %>, publish: {r: <% task().result %>}}',
    );
    expect(run.task('t').state).toBe('RUNNING');

    for (let left = 10; left > 0 && run.state === 'RUNNING'; left--) run.deliver();

    expect(run.state).toBe('SUCCESS');
    expect(run.task('t').published).toEqual({ r: [0, 10, 20, 30, 40, 50, 60, 70, 80] });
  });

  it('starts after a resume when a pause came first', () => {
    const run = patient('    a: {action: std.noop}\n    b: {action: std.noop}\n    c: {action: std.noop}\n');
    run.send({ kind: 'pause' }).deliver();
    expect(run.states()).toMatchObject({ c: 'IDLE' });

    run.starts = Infinity;
    run.send({ kind: 'resume' });

    expect(run.states()).toMatchObject({ c: 'SUCCESS' });
  });

  it('does not start after a cancel', () => {
    const run = patient('    a: {action: std.noop}\n    b: {action: std.noop}\n    c: {action: std.noop}\n');
    run.send({ kind: 'stop', state: 'CANCELLED', message: null }).deliver();

    expect(run.states()).toMatchObject({ c: 'IDLE' });
  });
});
