import { ForbiddenError, InputError, type JsonObject, NotFoundError, StateError } from '../shared/index.js';

import { isOfThisRun } from './complete-action.js';
import { completeTask } from './complete-task.js';
import { setAside } from './set-aside.js';
import { endExecution } from './finish.js';
import { revive } from './joins.js';
import { tellParent } from './pause.js';
import { mergeEnv } from './resume.js';
import type { TaskRow } from './rows.js';
import { tellChildren } from './tell-children.js';
import { type FinalState, isFinal } from './states.js';
import {
  changeExecutionState,
  isExecutionFinal,
  isPaused,
  now,
  setTask,
  specOf,
  transitionText,
  type Work,
} from './work.js';
import { cancelWaits } from './waiting-actions.js';
import { setWorkflowTimeout } from './workflow-timeout.js';

/** Ends the execution from outside. @throws StateError for SUCCESS from a state that does not allow it; EvaluationError when its output fails */
export function stopExecution(work: Work, state: FinalState, message: string | null): void {
  const { execution } = work.draft;
  if (state !== 'SUCCESS' && isFinal(execution.state)) return;
  if (state === 'SUCCESS' && execution.state !== 'RUNNING' && execution.state !== 'SUCCESS')
    throw new StateError(transitionText(execution, state));
  if (state === 'CANCELLED') tellChildren(work, { kind: 'stop', state, message });
  endExecution(work, state, message);
  if (state === 'CANCELLED') cancelWaits(work);
}

/** Description, or an environment that is merged into the present one. @throws ForbiddenError */
export function updateExecution(work: Work, description: string | null | undefined, env: JsonObject | undefined): void {
  if (env !== undefined) updateEnv(work, env);
  if (description !== undefined) work.draft.setExecution({ description });
  work.draft.setExecution({ updatedAt: now(work) });
}

function updateEnv(work: Work, env: JsonObject): void {
  if (!['IDLE', 'PAUSED', 'ERROR'].includes(work.draft.execution.state))
    throw new ForbiddenError(
      'Updating env to workflow execution is only permitted if it is in IDLE, PAUSED, or ERROR state.',
    );
  mergeEnv(work, env);
}

/**
 * Runs a failed task again; of a with-items task without `reset` only the failed and cancelled items.
 * @throws NotFoundError, InputError, StateError, ForbiddenError
 */
export function rerunTask(work: Work, taskId: string, reset: boolean, env: JsonObject | undefined): void {
  const task = failedTask(work, taskId);
  const spec = specOf(work, task);
  if (!reset && spec.withItems.length === 0) throw new InputError('Only with-items task has the option to not reset.');
  if (isPaused(work)) return;
  const wasEnded = reviveExecution(work, env);
  if (spec.join === undefined) startAgain(work, task, reset);
  else revive(work, task);
  if (wasEnded) work.steps.push({ kind: 'wake-unfinished' });
}

function startAgain(work: Work, task: TaskRow, reset: boolean): void {
  if (!reset) setAside(work, task, (child) => isFinal(child.state) && child.state !== 'SUCCESS');
  const run = reset ? task.run + 1 : task.run;
  setTask(work, task, {
    ...AGAIN,
    state: 'IDLE',
    stateInfo: null,
    run,
    items: null,
    runtimeContext: triggersOnly(task),
  });
  work.steps.push({ kind: 'start-task', taskId: task.id });
}

/** A failed task is passed over: publish-on-skip, then on-skip or on-success. @throws as rerunTask */
export function skipTask(work: Work, taskId: string, env: JsonObject | undefined): void {
  const task = failedTask(work, taskId);
  if (isPaused(work)) return;
  const wasEnded = reviveExecution(work, env);
  completeTask(work, task, { state: 'SKIPPED', info: 'Task was skipped.' });
  if (wasEnded) work.steps.push({ kind: 'wake-unfinished' });
}

/**
 * A task below a child runs again: the child's task does so too, and this execution. A child that was set aside, whose task
 * was passed over or whose parent has succeeded without it runs for itself.
 */
export function onChildRerun(work: Work, childId: string): void {
  const child = work.draft.child(childId);
  const task = child === undefined ? undefined : work.draft.task(child.taskExecutionId);
  if (child === undefined || task === undefined || !isFinal(child.state)) return;
  work.draft.setChild(child, { state: 'RUNNING' });
  const isEnded = task.state === 'SUCCESS' || task.state === 'SKIPPED';
  if (!child.accepted || !isOfThisRun(child, task) || isEnded || work.draft.execution.state === 'SUCCESS') return;
  if (!waitsForStart(work, task)) goOnWaiting(work, task);
  if (isExecutionFinal(work) && reviveExecution(work, undefined)) work.steps.push({ kind: 'wake-unfinished' });
}

/** A rerun of the failed items has not started them yet; it will count what the child has become by then. */
function waitsForStart(work: Work, task: TaskRow): boolean {
  if (task.state === 'DELAYED') return !work.draft.timersOf(task.id).some(({ kind }) => kind === 'wait-after');
  return task.state === 'IDLE' || task.state === 'WAITING';
}

/** The task waits for its child again. */
function goOnWaiting(work: Work, task: TaskRow): void {
  work.draft.dropTimersOf(task.id, 'wait-after');
  const state = work.draft.tally(task.id).paused > 0 ? 'PAUSED' : 'RUNNING';
  setTask(work, task, { ...AGAIN, state, stateInfo: null });
}

const AGAIN = {
  finishedAt: null,
  processed: false,
  nextTasks: null,
  hasNextTasks: false,
  errorHandled: false,
} as const;

function failedTask(work: Work, taskId: string): TaskRow {
  const task = work.draft.task(taskId);
  if (task === undefined) throw new NotFoundError(`TaskExecution not found [id=${taskId}]`);
  if (task.state !== 'ERROR')
    throw new InputError(
      'The current task execution must be in ERROR for rerun. Only updating task to rerun is supported.',
    );
  return task;
}

/** @returns whether the execution had ended, so that tasks it left behind have to be taken up */
function reviveExecution(work: Work, env: JsonObject | undefined): boolean {
  const { state } = work.draft.execution;
  if (env !== undefined) updateEnv(work, env);
  changeExecutionState(work, 'RUNNING', { stateInfo: null });
  if (state === 'RUNNING') return false;
  tellParent(work, 'child-rerun');
  setWorkflowTimeout(work);
  return true;
}

function triggersOnly(task: TaskRow): JsonObject {
  const triggers = task.runtimeContext['triggered_by'];
  return triggers === undefined ? {} : { triggered_by: triggers };
}
