import { describe, expect, it } from '@jest/globals';
import { until } from '../../test/support/until.js';
import type { ClaimedAction } from '../store/index.js';
import { RunningActions } from './running-actions.js';

interface Open {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly end: (isReported: boolean) => void;
  readonly fail: () => void;
}

describe('RunningActions', () => {
  it('knows what runs, and forgets what has reported', async () => {
    const { running, open } = aList('a', 'b');
    open[0]?.end(true);
    await until(() => running.size === 1);

    expect(running.ids()).toEqual(['b']);
    expect(running.known()).toEqual(['b']);
  });

  it('remembers what ended without a word, so that it is not taken for never started', async () => {
    const { running, open } = aList('a', 'b');
    open[0]?.end(false);
    open[1]?.fail();
    await until(() => running.size === 0);

    expect(running.ids()).toEqual([]);
    expect(running.known()).toEqual(['a', 'b']);
  });

  it('says what ended without a word, unless it runs again', async () => {
    const { running, open } = aList('a', 'b', 'b');
    open[0]?.end(false);
    open[1]?.end(false);
    await until(() => running.known().length === 3);

    expect(running.silent()).toEqual(['a']);
    expect(running.ids()).toEqual(['b']);
  });

  it('stops an action that is given out again, and keeps the new run', async () => {
    const { running, open } = aList('a', 'a');
    expect(open.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    open[0]?.end(false);
    await new Promise((resolve) => setImmediate(resolve));

    expect(running.ids()).toEqual(['a']);
  });

  it('stops only what still runs, and says what that was', () => {
    const { running, open } = aList('a', 'b');

    expect(running.abort(['b', 'gone'], 'enough')).toEqual([{ id: 'b' }]);
    expect(open.map(({ signal }) => signal.aborted)).toEqual([false, true]);
  });

  it('waits until nothing runs, or for so long', async () => {
    const { running, open } = aList('a');
    expect(await running.drained(5)).toBe(false);
    const drained = running.drained(20_000);
    open[0]?.end(true);

    expect(await drained).toBe(true);
  });
});

function aList(...ids: readonly string[]): { readonly running: RunningActions; readonly open: readonly Open[] } {
  const open: Open[] = [];
  const running = new RunningActions(
    ({ id }, signal) =>
      new Promise<boolean>((resolve, reject) => {
        open.push({ id, signal, end: resolve, fail: () => reject(new Error('failed')) });
      }),
    () => undefined,
  );
  for (const id of ids) running.start({ id } as ClaimedAction);
  return { running, open };
}
