import { endExecution } from './finish.js';
import type { TaskRow } from './rows.js';
import { isFinal } from './states.js';
import { endWaits } from './waiting-actions.js';
import { current, cutText, isExecutionFinal, now, setTask, type Work } from './work.js';

/**
 * Ends the task in ERROR and the execution with it, on-error not consulted: for errors in the definition or its data
 * (input, publish, guards, policies), which no handler could have foreseen.
 */
export function forceFail(work: Work, task: TaskRow, message: string): void {
  const info = cutText(message);
  const row = current(work, task);
  const at = now(work);
  if (!isFinal(row.state) || row.state === 'SUCCESS' || row.state === 'ERROR')
    setTask(work, row, {
      state: 'ERROR',
      stateInfo: info,
      finishedAt: at,
      nextTasks: [],
      processed: true,
      errorHandled: false,
    });
  endWaits(work, task);
  if (!isExecutionFinal(work)) endExecution(work, 'ERROR', info);
}

/** `Failed to run task [error=E, wf=W, task=T]` */
export function runError(task: TaskRow, message: string): string {
  return `Failed to run task [error=${message}, wf=${task.workflowName}, task=${task.name}]`;
}
