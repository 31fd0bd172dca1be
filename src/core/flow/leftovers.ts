import { isOfThisRun } from './complete-action.js';
import { dispatchHeld } from './complete-task.js';
import { isFinal } from './states.js';
import type { ActionRow } from './rows.js';
import { isLeftWaiting, isWait, putToWait } from './waiting-actions.js';
import { hasItemsLeft } from './with-items.js';
import { isExecutionFinal, isPaused, isStopped, type Work } from './work.js';

/** Goes on with what the budget of earlier transactions left over. */
export function continueLeftovers(work: Work): void {
  if (!isPaused(work) && !isStopped(work)) continueTasks(work);
  if (!isPaused(work) && !isExecutionFinal(work)) dispatchHeld(work, false);
  continueInline(work);
}

/** Tasks that have been created and not started, and with-items tasks with items that nothing keeps waiting. */
function continueTasks(work: Work): void {
  for (const task of work.draft.allTasks())
    if (task.state === 'IDLE' && task.startedAt === null) work.steps.push({ kind: 'start-task', taskId: task.id });
    else if ((task.state === 'RUNNING' || task.state === 'PAUSED') && hasItemsLeft(work, task))
      work.steps.push({ kind: 'next-items', taskId: task.id, run: task.run });
}

/** Runs the pure actions among it. */
function continueInline(work: Work): void {
  for (const action of work.draft.ownActions()) {
    if (action.dispatch !== 'inline' && !isLeftWaiting(work, action)) continue;
    if (!work.scope.hasBudget()) {
      work.hasLeftovers = true;
      return;
    }
    runInline(work, action);
  }
}

function runInline(work: Work, action: ActionRow): void {
  const plain = work.scope.plainAction(action.runName, action.workflowNamespace ?? '');
  const outcome = plain?.runPure?.(action.runInput ?? action.input, action.id);
  if (isWait(outcome)) putToWait(work, action, outcome);
  else if (action.target !== null) queue(work, action);
  else if (outcome === 'pending') work.draft.setAction(action, { dispatch: 'external' });
  else if (outcome === undefined) queue(work, action);
  else work.steps.push({ kind: 'action-done', actionId: action.id, outcome });
}

/** An executor has run the action; whoever it called will report the result. */
export function onActionPending(work: Work, actionId: string): void {
  const action = work.draft.action(actionId);
  if (action !== undefined && !isFinal(action.state)) work.draft.setAction(action, { dispatch: 'external' });
}

/**
 * The executor died: started again when that is safe and still wanted, else the outcome is unknown and the action an
 * ERROR, which its task handles as any other.
 */
export function onActionLost(work: Work, actionId: string): void {
  const action = work.draft.action(actionId);
  if (action === undefined || isFinal(action.state) || action.dispatch !== 'queued') return;
  if (action.safeRerun && isWanted(work, action)) return queue(work, action);
  work.steps.push({ kind: 'action-done', actionId, outcome: { state: 'ERROR', result: lostText(action) } });
}

/** The error of an action whose executor died while it ran. */
export function lostText({ name, id }: ActionRow): string {
  return `The outcome of the action is unknown: its executor stopped while it ran, and it can't be run again safely [action=${name}, action_ex_id=${id}].`;
}

/** Nobody waits for the action of a task that has ended meanwhile, or of a cancelled execution. */
function isWanted(work: Work, action: ActionRow): boolean {
  const task = action.taskExecutionId === null ? undefined : work.draft.task(action.taskExecutionId);
  return task !== undefined && !isFinal(task.state) && !isStopped(work) && isOfThisRun(action, task);
}

function queue(work: Work, action: ActionRow): void {
  work.draft.setAction(action, { dispatch: 'queued' });
  work.draft.command({ kind: 'run-action', actionId: action.id });
}
