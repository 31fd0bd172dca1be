import { pyRepr } from '../expressions/index.js';
import { isExecutionFinal, isHeldTask, isPaused, type Work } from './work.js';

/**
 * Joins that wait for nothing but each other, or for themselves, would wait for ever: the oldest fails, so that its
 * on-error or the others may go on. Looks only at two counters as long as anything else is unfinished.
 */
export function failDeadlock(work: Work): void {
  const { draft, steps } = work;
  if (draft.waitingTasks === 0 || draft.waitingTasks < draft.unfinishedTasks) return;
  if (steps.length > 0 || isExecutionFinal(work) || isPaused(work)) return;
  const tasks = [...draft.allTasks()];
  if (tasks.some(isHeldTask)) return;
  const waiting = tasks.filter((task) => task.state === 'WAITING');
  const [oldest] = waiting;
  if (oldest === undefined) return;
  const info = `These joins wait for each other: ${pyRepr(waiting.map(({ name }) => name))}`;
  steps.push({
    kind: 'complete-task',
    taskId: oldest.id,
    run: oldest.run,
    end: { state: 'ERROR', info, isLast: true },
  });
}
