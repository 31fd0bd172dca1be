import type { ActionRow, ChildRow, TaskRow } from './rows.js';
import { isFinal } from './states.js';

/** What counts of a task's children (actions or sub-workflows), so that nobody has to look at all of them. */
export interface Tally {
  /** Finished children that count. */
  readonly accepted: number;
  readonly errors: number;
  readonly cancelled: number;
  /** Children of the current run that have not finished. */
  readonly active: number;
  readonly paused: number;
  /** With-items indexes that still have to be started are `pending[cursor…]`. */
  readonly pending: readonly number[];
  readonly cursor: number;
}

export function emptyTally(): Tally {
  return { accepted: 0, errors: 0, cancelled: 0, active: 0, paused: 0, pending: [], cursor: 0 };
}

/** Counts of a task's children from all its rows, with the indexes that no child covers as pending. */
export function tallyOf(task: TaskRow, actions: Iterable<ActionRow>, children: Iterable<ChildRow>): Tally {
  let tally = emptyTally();
  const covered = new Set<number>();
  for (const child of [...actions, ...children]) {
    tally = addChild(tally, child, task.run, 1);
    if (counts(child, task.run)) covered.add(child.index);
  }
  const total = itemCount(task);
  const pending = Array.from({ length: total }, (_, index) => index).filter((index) => !covered.has(index));
  return { ...tally, pending };
}

/** The tally with a child added (`sign` 1) or taken away (−1). */
export function addChild(tally: Tally, child: ActionRow | ChildRow, run: number, sign: 1 | -1): Tally {
  if (!counts(child, run)) return tally;
  if (!isFinal(child.state)) {
    const paused = tally.paused + (child.state === 'PAUSED' ? sign : 0);
    return { ...tally, active: tally.active + sign, paused };
  }
  return {
    ...tally,
    accepted: tally.accepted + sign,
    errors: tally.errors + (child.state === 'ERROR' ? sign : 0),
    cancelled: tally.cancelled + (child.state === 'CANCELLED' ? sign : 0),
  };
}

/** Items of a with-items task, from its runtime context; 0 for other tasks. */
export function itemCount(task: TaskRow): number {
  const items = task.runtimeContext['with_items'] as { readonly count?: number } | undefined;
  return items?.count ?? 0;
}

/** Whether a child belongs to the given run of its task; a sub-workflow that was set aside may run again, for itself. */
function counts(child: ActionRow | ChildRow, run: number): boolean {
  if (isFinal(child.state)) return child.accepted;
  return child.run === run && ('dispatch' in child || child.accepted);
}
