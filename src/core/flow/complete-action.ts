import { pyStr } from '../expressions/index.js';
import { InputError, type Json, NotFoundError } from '../shared/index.js';
import { adhocChain, adhocResult } from './action-lookup.js';
import type { ActionOutcome } from './events.js';
import { resultScope } from './evaluation.js';
import { forceFail } from './fail.js';
import { assertSize, cutToFit } from './field-size.js';
import { setTaskPaused, pauseExecution } from './pause.js';
import { resumeExecution } from './resume.js';
import type { ActionRow, ChildRow, TaskRow } from './rows.js';
import { isFinal, type FinalState } from './states.js';
import { timeOutTask, timeoutOf } from './task-timeout.js';
import { cutText, messageOf, now, specOf, type Work } from './work.js';

/** @throws NotFoundError; InputError when the action has ended before */
export function openAction(work: Work, actionId: string): ActionRow {
  const action = work.draft.action(actionId);
  if (action === undefined) throw new NotFoundError(`ActionExecution not found [id=${actionId}]`);
  if (isFinal(action.state)) throw new InputError(`Action ${actionId} is already completed`);
  return action;
}

/** Records the outcome of an action and lets its task go on. */
export function completeAction(work: Work, action: ActionRow, outcome: ActionOutcome): void {
  const task = action.taskExecutionId === null ? undefined : work.draft.task(action.taskExecutionId);
  let result: Json;
  try {
    const isSuccess = outcome.state === 'SUCCESS';
    result = isSuccess ? transformed(work, action, task, outcome.result) : cutToFit(work, outcome.result);
    if (isSuccess) assertSize(work, 'output', { result });
  } catch (error) {
    return failCompletion(work, action, task, messageOf(error));
  }
  record(work, action, task, { state: outcome.state, result });
  if (task === undefined || !isOfThisRun(action, task)) return;
  // The executor may be a moment ahead of the timer.
  const timer = outcome.isTimeout === true ? timeoutOf(work, task) : undefined;
  if (timer === undefined) onChildEnded(work, task, outcome.state, result);
  else timeOutTask(work, task, timer);
}

/** PAUSED or RUNNING of an asynchronous action, and with it of its task and execution. @throws InputError */
export function updateAction(work: Work, action: ActionRow, state: 'PAUSED' | 'RUNNING', isClaimed = false): void {
  if (state === 'PAUSED' && action.isSync)
    throw new InputError('Transition to the PAUSED state is only supported for asynchronous action execution.');
  if (state === 'RUNNING' && action.state === 'PAUSED') unpause(work, action, isClaimed);
  else work.draft.setAction(action, { state, updatedAt: now(work) });
  const task = action.taskExecutionId === null ? undefined : work.draft.task(action.taskExecutionId);
  if (task === undefined || isFinal(task.state) || !isOfThisRun(action, task)) return;
  setTaskPaused(work, task, state === 'PAUSED');
  if (state === 'PAUSED' && work.draft.execution.state === 'RUNNING') pauseExecution(work, null);
  if (state === 'RUNNING' && work.draft.execution.state === 'PAUSED' && !anyPaused(work)) resumeExecution(work);
}

/** A pause ends the wait for an executor: one that had not come by then is asked again, else the result comes from outside. */
function unpause(work: Work, action: ActionRow, isClaimed: boolean): void {
  const isRun = action.dispatch === 'queued' && !isClaimed;
  const dispatch = action.dispatch === 'queued' && isClaimed ? 'external' : action.dispatch;
  work.draft.setAction(action, { state: 'RUNNING', dispatch, updatedAt: now(work) });
  if (isRun) work.draft.command({ kind: 'run-action', actionId: action.id });
}

/** What follows for a task when one of its children has ended; one that has ended, or is held back, only keeps the record. */
export function onChildEnded(work: Work, task: TaskRow, state: FinalState, result: Json): void {
  if (task.state !== 'RUNNING' && task.state !== 'PAUSED') return;
  if (specOf(work, task).withItems.length === 0) {
    const info = state === 'SUCCESS' ? null : failureInfo(result);
    work.steps.push({ kind: 'complete-task', taskId: task.id, run: task.run, end: { state, info, by: 'child' } });
    return;
  }
  work.steps.push({ kind: 'next-items', taskId: task.id, run: task.run });
}

/** State info of a task whose child failed: the error as Python prints it; null when there is none to speak of. */
export function failureInfo(result: Json): string | null {
  const isFalsy = result === null || result === false || result === 0 || result === '';
  return isFalsy ? null : cutText(pyStr(result));
}

function record(work: Work, action: ActionRow, task: TaskRow | undefined, outcome: ActionOutcome): void {
  work.draft.dropTimer(action.id);
  work.draft.setAction(action, {
    state: outcome.state,
    output: { result: outcome.result },
    accepted: isOfThisRun(action, task),
    updatedAt: now(work),
  });
}

/** A child that a retry or rerun has set aside does not count when it ends late. */
export function isOfThisRun(child: ActionRow | ChildRow, task: TaskRow | undefined): boolean {
  return task === undefined || child.run === task.run;
}

function transformed(work: Work, action: ActionRow, task: TaskRow | undefined, result: Json): Json {
  if (action.runName === action.name) return result;
  const chain = adhocChain(work.scope, action.name, action.workflowNamespace ?? '');
  return adhocResult(chain, result, (root) => resultScope(work.draft, work.scope, task, root));
}

function failCompletion(work: Work, action: ActionRow, task: TaskRow | undefined, message: string): void {
  const text = `Failed to complete action [error=${message}, action=${action.name}, task=${task?.name ?? 'None'}]`;
  work.draft.dropTimer(action.id);
  work.draft.setAction(action, { state: 'ERROR', output: { result: text }, accepted: false, updatedAt: now(work) });
  if (task !== undefined && !isFinal(task.state) && isOfThisRun(action, task)) forceFail(work, task, text);
}

function anyPaused(work: Work): boolean {
  for (const task of work.draft.allTasks()) if (task.state === 'PAUSED') return true;
  return false;
}
