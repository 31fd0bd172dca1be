import type { ChildEvent } from './events.js';
import { markChild, unfinishedChildren } from './known-children.js';
import type { ChildRow } from './rows.js';
import { isExecutionFinal, isPaused, type Work } from './work.js';

/** Sub-workflow executions that one transaction tells. */
const PIECE = 1_000;

/**
 * Tells sub-workflows of a stop, a pause or a resume of the execution. Of very many, the first ones; the others hear of it
 * in further transactions, as long as the execution is in that state.
 * @param after  only those created later
 */
export function tellChildren(work: Work, event: ChildEvent, after = -Infinity): void {
  const concerned = unfinishedChildren(work).filter((child) => child.createdAt > after && isConcerned(child, event));
  const piece = pieceOf(concerned);
  for (const child of piece) {
    work.draft.command({ kind: 'tell', executionId: child.id, event });
    if (event.kind !== 'stop') markChild(work, child, event.kind === 'pause' ? 'PAUSED' : 'RUNNING');
  }
  const last = piece.at(-1);
  if (last === undefined || piece.length === concerned.length) return;
  const goOn = { kind: 'tell-children', event, after: last.createdAt } as const;
  work.draft.command({ kind: 'tell', executionId: work.draft.execution.id, event: goOn });
}

/** What has changed meanwhile has told the children itself. */
export function goOnTelling(work: Work, event: ChildEvent, after: number): void {
  if (isStill(work, event)) tellChildren(work, event, after);
}

function isStill(work: Work, { kind }: ChildEvent): boolean {
  if (kind === 'stop') return isExecutionFinal(work);
  return kind === 'pause' ? isPaused(work) : work.draft.execution.state === 'RUNNING';
}

function isConcerned({ state }: ChildRow, { kind }: ChildEvent): boolean {
  if (kind === 'stop') return true;
  return kind === 'pause' ? state !== 'PAUSED' : state === 'PAUSED';
}

/** Not between two of the same instant. */
function pieceOf(children: readonly ChildRow[]): readonly ChildRow[] {
  const ordered = [...children].sort((a, b) => a.createdAt - b.createdAt);
  const last = ordered[PIECE - 1];
  return last === undefined ? ordered : ordered.filter(({ createdAt }) => createdAt <= last.createdAt);
}
