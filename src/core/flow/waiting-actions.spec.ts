import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import type { ActionRow } from './rows.js';

const ITEMS = 10_000;

function started(tasks: string, input = {}): Run {
  return new Run(`version: '2.0'\nw:\n  input: [{xs: []}]\n  tasks:\n${tasks}`).start(input);
}

function actionsOf(run: Run, name = 't'): readonly ActionRow[] {
  return run.flow().actionsOf(run.task(name).id);
}

/** What is known of an action that waits: who ends it, and when. */
function endsOf(run: Run): readonly unknown[] {
  return actionsOf(run).map(({ id, dispatch, state, output }) => {
    const seconds = run.flow().timer(id)?.dueAt;
    return { dispatch, state, output, hasTimer: seconds !== undefined };
  });
}

const WAITING = { dispatch: 'timer', state: 'RUNNING', output: null, hasTimer: true };

describe('an action that only waits', () => {
  it('needs no executor, and has its result when the time is over', () => {
    const run = started('    t: {action: acme.wait, publish: {r: <% task().result %>}}');
    const [action] = actionsOf(run);

    expect(run.commands).toEqual([]);
    expect(endsOf(run)).toEqual([WAITING]);
    expect(run.flow().timer(action?.id ?? '')?.dueAt).toBe((action?.createdAt ?? 0) + 60_000_000);

    run.fire();

    expect(run.state).toBe('SUCCESS');
    expect(run.task('t').published).toEqual({ r: 'waited' });
    expect(run.flow().timers.size).toBe(0);
  });

  it('needs no executor even where one is asked for', () => {
    expect(endsOf(started('    t: {action: acme.wait, target: n1}'))).toEqual([WAITING]);
  });

  it('may be ended early from outside', () => {
    const run = started('    t: {action: acme.wait}').finish('t', 'early');

    expect(run.state).toBe('SUCCESS');
    expect(endsOf(run)).toEqual([
      { dispatch: 'timer', state: 'SUCCESS', output: { result: 'early' }, hasTimer: false },
    ]);
  });

  it('waits on while the execution is paused, and in one that has failed', () => {
    const paused = started('    t: {action: acme.wait}').send({ kind: 'pause' });
    const failed = started('    t: {action: acme.wait}\n    u: {action: std.fail, on-error: fail}');
    for (const run of [paused, failed]) {
      expect(endsOf(run)).toEqual([WAITING]);
      run.fire();
      expect(actionsOf(run)).toMatchObject([{ state: 'SUCCESS', output: { result: 'waited' } }]);
    }
    expect([paused.state, failed.state]).toEqual(['PAUSED', 'ERROR']);
    expect(paused.send({ kind: 'resume' }).state).toBe('SUCCESS');
  });

  it.each([
    ['the execution is cancelled', 'acme.wait', 'CANCELLED', null],
    ['its task has timed out', 'acme.wait, timeout: 5', 'ERROR', 'over after 5'],
  ])('ends when %s', (_, action, state, result) => {
    const run = started(`    t: {action: ${action}}`);
    if (state === 'CANCELLED') run.send({ kind: 'stop', state: 'CANCELLED', message: 'enough' });
    else run.fire();

    expect(endsOf(run)).toEqual([{ dispatch: 'timer', state, output: { result }, hasTimer: false }]);
    expect(run.flow().timers.size).toBe(0);
    expect(run.task('t').state).toBe(state);
  });

  it('ends in the timeout of its workflow', () => {
    const run = new Run(`version: '2.0'\nw:\n  timeout: 5\n  tasks:\n    t: {action: acme.wait}`).start().fire();

    expect(endsOf(run)).toMatchObject([{ state: 'CANCELLED', hasTimer: false }]);
  });

  it('that has lost its timer is given it back by the sweep', () => {
    const run = started('    t: {action: acme.wait}');
    const [action] = actionsOf(run);
    run.flow().dropTimer(action?.id ?? '');

    run.send({ kind: 'sweep' });

    expect(endsOf(run)).toEqual([WAITING]);
  });

  it('costs no more the more there are', () => {
    const run = started('    t: {action: acme.wait, with-items: x in <% $.xs %>, concurrency: 5000, timeout: 9}', {
      xs: Array.from({ length: ITEMS }, (_, index) => index),
    });

    expect(run.flow().timers.size).toBe(5001);
    expect(run.fire().states()).toEqual({ t: 'ERROR' });
    expect(run.flow().timers.size).toBe(0);
  });
});
