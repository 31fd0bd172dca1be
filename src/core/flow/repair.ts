import { onChildEnded } from './complete-action.js';
import { dispatchHeld } from './complete-task.js';
import { refreshUnseen } from './joins.js';
import { continueLeftovers } from './leftovers.js';
import type { ActionRow, ChildRow, TaskRow, TimerKind } from './rows.js';
import { type FinalState, isFinal } from './states.js';
import { failureInfo } from './complete-action.js';
import { isExecutionFinal, isPaused, specOf, type Work } from './work.js';
import { itemsOutcome } from './with-items.js';

/**
 * Gives every unfinished row without a wake-up something to wake it; used by the sweep. What is in order stays as it is,
 * so it may be asked of any execution at any time.
 */
export function repair(work: Work): void {
  if (isExecutionFinal(work)) return tellEndAgain(work);
  continueLeftovers(work);
  if (isPaused(work)) return;
  work.steps.push({ kind: 'wake-unfinished' });
  work.mayHaveEnded = true;
}

/** Wakes the tasks that nothing else will wake, such as those that an execution left behind when it was stopped. */
export function wakeUnfinished(work: Work): void {
  if (isPaused(work) || isExecutionFinal(work)) return;
  for (const task of [...work.draft.allTasks()]) if (!isFinal(task.state)) repairTask(work, task);
  if (!work.hasLeftovers) dispatchHeld(work, true);
}

/** A parent that knows already ignores it. */
function tellEndAgain(work: Work): void {
  const { id, parentExecutionId, state, stateInfo, output } = work.draft.execution;
  if (parentExecutionId === null) return;
  const event = { kind: 'child-done', childId: id, state: state as FinalState, stateInfo, output } as const;
  work.draft.command({ kind: 'tell', executionId: parentExecutionId, event });
}

function repairTask(work: Work, task: TaskRow): void {
  switch (task.state) {
    case 'WAITING':
      return refreshUnseen(work, task);
    case 'IDLE':
      work.steps.push({ kind: task.startedAt === null ? 'start-task' : 'start-children', taskId: task.id });
      return;
    case 'DELAYED':
      return repairDelayed(work, task);
    case 'RUNNING':
    case 'PAUSED':
      return repairStarted(work, task);
    case 'SUCCESS':
    case 'ERROR':
    case 'CANCELLED':
    case 'SKIPPED':
      return undefined;
  }
}

const DELAYS: ReadonlySet<TimerKind> = new Set(['wait-before', 'wait-after', 'retry']);

/** Without its timer, a wait is over: before the children of this run have ended the next thing is their start. */
function repairDelayed(work: Work, task: TaskRow): void {
  if (work.draft.timersOf(task.id).some((timer) => DELAYS.has(timer.kind))) return;
  const end = endOfChildren(work, task);
  if (end === undefined) work.steps.push({ kind: 'start-children', taskId: task.id });
  else work.steps.push({ kind: 'complete-task', taskId: task.id, run: task.run, end: { ...end, hasWaited: true } });
}

function endOfChildren(
  work: Work,
  task: TaskRow,
): { readonly state: FinalState; readonly info: string | null } | undefined {
  const ended = lastEnded(work, task);
  if (ended === undefined) return undefined;
  if (specOf(work, task).withItems.length === 0) {
    const state = ended.state as FinalState;
    return { state, info: state === 'SUCCESS' ? null : failureInfo(resultOf(ended)) };
  }
  const end = itemsOutcome(work, task);
  return end === undefined ? undefined : { state: end.state as FinalState, info: end.info };
}

/** Children that are under way will wake their task. */
function repairStarted(work: Work, task: TaskRow): void {
  const isWithItems = specOf(work, task).withItems.length > 0;
  const ended = lastEnded(work, task);
  if (work.draft.tally(task.id).active > 0) {
    if (isWithItems && task.state === 'RUNNING')
      work.steps.push({ kind: 'next-items', taskId: task.id, run: task.run });
  } else if (ended === undefined) work.steps.push({ kind: 'start-children', taskId: task.id });
  else if (isWithItems) work.steps.push({ kind: 'next-items', taskId: task.id, run: task.run });
  else onChildEnded(work, task, ended.state as FinalState, resultOf(ended));
}

function lastEnded(work: Work, task: TaskRow): ActionRow | ChildRow | undefined {
  const children: readonly (ActionRow | ChildRow)[] = [
    ...work.draft.actionsOf(task.id),
    ...work.draft.childrenOf(task.id),
  ];
  return children.findLast((child) => isFinal(child.state) && child.accepted);
}

function resultOf(child: ActionRow | ChildRow) {
  return 'dispatch' in child ? (child.output?.['result'] ?? null) : child.stateInfo;
}
