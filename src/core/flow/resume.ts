import { mergeDicts, type JsonObject } from '../shared/index.js';
import { dispatchHeld } from './complete-task.js';
import { dispatchCommands } from './dispatch.js';
import { scheduleRefresh } from './joins.js';
import { markChild } from './known-children.js';
import { tellParent } from './pause.js';
import { tellChildren } from './tell-children.js';
import { isFinal } from './states.js';
import { changeExecutionState, type Work } from './work.js';

/**
 * Lets a PAUSED execution go on: sub-workflows first, then tasks held back, what follows the tasks that ended during
 * the pause, and the backlog. Any other state stays as it is.
 */
export function resumeExecution(work: Work, env?: JsonObject, fromParent = false): void {
  const { execution } = work.draft;
  if (execution.state !== 'PAUSED' && execution.state !== 'IDLE') return;
  if (env !== undefined) mergeEnv(work, env);
  changeExecutionState(work, 'RUNNING', { stateInfo: null });
  tellChildren(work, { kind: 'resume', fromParent: true });
  if (!fromParent) tellParent(work, 'child-resumed');
  startHeldTasks(work);
  work.mayHaveEnded = true;
}

/** A child runs again; the execution follows when nothing else in it is paused. */
export function onChildResumed(work: Work, childId: string): void {
  const child = work.draft.child(childId);
  if (child === undefined || isFinal(child.state)) return;
  const counts = markChild(work, child, 'RUNNING');
  if (!counts || work.draft.execution.state !== 'PAUSED') return;
  for (const task of work.draft.allTasks()) if (task.state === 'PAUSED') return;
  resumeExecution(work);
}

/** The environment with new values merged in, as `params.env`. */
export function mergeEnv(work: Work, env: JsonObject): void {
  const { params } = work.draft.execution;
  work.draft.setExecution({
    params: { ...params, env: mergeDicts((params['env'] ?? {}) as JsonObject, env) as JsonObject },
  });
}

function startHeldTasks(work: Work): void {
  for (const task of work.draft.allTasks()) {
    if (task.state === 'IDLE')
      work.steps.push({ kind: task.startedAt === null ? 'start-task' : 'start-children', taskId: task.id });
    if (task.state === 'WAITING') scheduleRefresh(work, task);
  }
  dispatchHeld(work, true);
  dispatchCommands(work, []);
  work.steps.push({ kind: 'wake-unfinished' });
}
