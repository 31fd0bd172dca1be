import type { ChildRow } from './rows.js';
import { isFinal } from './states.js';
import { setTask, type Work } from './work.js';

/** Also those that no task waits for any more, such as one that a timeout has given up. */
export function unfinishedChildren(work: Work): readonly ChildRow[] {
  const { base, children } = work.draft;
  const known = [...base.children.values()].map((row) => children.get(row.id) ?? row);
  const started = [...children.values()].filter((row) => !base.children.has(row.id));
  return [...known, ...started].filter((row) => !isFinal(row.state));
}

/** Sets what is known of a child, and its task with it. @returns whether the child counts for its task */
export function markChild(work: Work, child: ChildRow, state: 'PAUSED' | 'RUNNING'): boolean {
  work.draft.setChild(child, { state });
  const task = work.draft.task(child.taskExecutionId);
  if (task === undefined || !child.accepted || child.run !== task.run) return false;
  if (task.state !== 'RUNNING' && task.state !== 'PAUSED') return true;
  const isPaused = work.draft.tally(task.id).paused > 0;
  setTask(work, task, { state: isPaused ? 'PAUSED' : 'RUNNING' });
  return true;
}
