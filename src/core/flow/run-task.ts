import { startChild } from './children.js';
import { forceFail, runError } from './fail.js';
import { applyBeforePolicies } from './policies.js';
import { OrdinaryTaskError, prepareChild } from './prepare.js';
import type { TaskRow } from './rows.js';
import { setAside } from './set-aside.js';
import { isFinal } from './states.js';
import { startItems } from './with-items.js';
import { current, messageOf, now, setTask, specOf, type Work } from './work.js';

/** First start of a task: RUNNING, its policies, its children. A policy may hold it back. */
export function startTask(work: Work, task: TaskRow): void {
  if (task.state !== 'IDLE' && task.state !== 'WAITING') return;
  const at = now(work);
  const running = setTask(work, task, { state: 'RUNNING', stateInfo: null, startedAt: at });
  guarded(work, running, () => {
    if (applyBeforePolicies(work, running).state === 'RUNNING') startBody(work, running);
  });
}

/** The children of a task whose policies have been served: after wait-before, a retry, or a pause. */
export function startChildren(work: Work, task: TaskRow): void {
  if (isFinal(task.state)) return;
  const running = setTask(work, task, { state: 'RUNNING', stateInfo: null });
  guarded(work, running, () => startBody(work, running));
}

/** Errors while items are started after the first ones. */
export function guarded(work: Work, task: TaskRow, start: () => void): void {
  try {
    start();
  } catch (error) {
    const message = messageOf(error);
    if (error instanceof OrdinaryTaskError)
      work.steps.push({
        kind: 'complete-task',
        taskId: task.id,
        run: task.run,
        end: { state: 'ERROR', info: message },
      });
    else forceFail(work, task, runError(task, message));
  }
}

function startBody(work: Work, task: TaskRow): void {
  const row = current(work, task);
  setAside(work, row, (child) => child.run < row.run);
  if (specOf(work, row).withItems.length > 0) startItems(work, row);
  else startChild(work, row, prepareChild(work, row), 0);
}
