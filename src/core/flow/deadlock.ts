import { pyRepr } from '../expressions/index.js';
import { isExecutionFinal, isPaused, type Work } from './work.js';

/**
 * Joins that wait for nothing but each other, or for themselves, would wait for ever: they fail, and their on-error
 * clauses may handle it. Looks only at two counters as long as anything else is unfinished.
 */
export function failDeadlock(work: Work): void {
  const { draft, steps } = work;
  if (draft.waitingTasks === 0 || draft.waitingTasks < draft.unfinishedTasks) return;
  if (steps.length > 0 || isExecutionFinal(work) || isPaused(work)) return;
  const waiting = [...draft.allTasks()].filter((task) => task.state === 'WAITING');
  const info = `These joins wait for each other: ${pyRepr(waiting.map(({ name }) => name))}`;
  for (const { id, run } of waiting)
    steps.push({ kind: 'complete-task', taskId: id, run, end: { state: 'ERROR', info, isLast: true } });
}
