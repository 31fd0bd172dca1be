import { isFinal } from './states.js';
import type { TimerRow } from './rows.js';
import { timeOutTask } from './task-timeout.js';
import { onWaitOver } from './waiting-actions.js';
import { onWorkflowTimeout } from './workflow-timeout.js';
import { isPaused, isStopped, setTask, type TaskEnd, type Work } from './work.js';

/** A timer has fired; one that is no longer set, or whose task has ended, changes nothing. */
export function onTimer(work: Work, timer: TimerRow): void {
  work.draft.dropTimer(timer.id);
  if (timer.kind === 'workflow-timeout') return onWorkflowTimeout(work, timer);
  if (timer.kind === 'action') return onWaitOver(work, timer);
  const task = timer.taskExecutionId === null ? undefined : work.draft.task(timer.taskExecutionId);
  if (task === undefined || isFinal(task.state)) return;
  switch (timer.kind) {
    case 'wait-before':
    case 'retry':
      return goOn(work, task.id);
    case 'wait-after':
      work.steps.push({
        kind: 'complete-task',
        taskId: task.id,
        run: task.run,
        end: { ...heldBack(timer), hasWaited: true },
      });
      return;
    case 'timeout':
      return timeOutTask(work, task, timer);
  }
}

/** No action starts in an execution that is cancelled or paused; a pause keeps the task for the resume. */
function goOn(work: Work, taskId: string): void {
  if (isStopped(work)) return;
  const task = work.draft.task(taskId);
  if (task !== undefined && isPaused(work)) setTask(work, task, { state: 'IDLE' });
  else work.steps.push({ kind: 'start-children', taskId });
}

function heldBack(timer: TimerRow): TaskEnd {
  return timer.payload as unknown as TaskEnd;
}
