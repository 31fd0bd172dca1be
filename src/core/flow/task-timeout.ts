import { pyStr } from '../expressions/index.js';
import type { TaskRow, TimerRow } from './rows.js';
import type { Work } from './work.js';

/** Ends a task whose time is over, whatever its retries: the timeout is for all attempts together. */
export function timeOutTask(work: Work, task: TaskRow, timer: TimerRow): void {
  const info = `Task timed out [timeout(s)=${pyStr(timer.payload['seconds'] ?? null)}].`;
  work.steps.push({
    kind: 'complete-task',
    taskId: task.id,
    run: task.run,
    end: { state: 'ERROR', info, isLast: true },
  });
}

/** The timeout of a task, as long as it is set. */
export function timeoutOf(work: Work, task: TaskRow): TimerRow | undefined {
  return work.draft.timersOf(task.id).find(({ kind }) => kind === 'timeout');
}
