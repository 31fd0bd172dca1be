import type { ChildRow, TaskRow } from './rows.js';
import { isFinal } from './states.js';
import { changeExecutionState, now, setTask, type Work } from './work.js';

/**
 * Pauses the execution and, below it, its unfinished sub-workflows; its parent follows. No new task starts; running
 * actions finish. @throws StateError from a final state
 */
export function pauseExecution(work: Work, message: string | null, fromParent = false): void {
  const { execution } = work.draft;
  if (execution.state === 'PAUSED') return;
  changeExecutionState(work, 'PAUSED', { stateInfo: message });
  for (const child of unfinishedChildren(work)) {
    if (child.state === 'PAUSED') continue;
    work.draft.command({ kind: 'tell', executionId: child.id, event: { kind: 'pause', fromParent: true } });
    markChild(work, child, 'PAUSED');
  }
  if (!fromParent) tellParent(work, 'child-paused');
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

/** A child has paused: so do its task and this execution, unless the child was set aside and runs for itself. */
export function onChildPaused(work: Work, childId: string): void {
  const child = work.draft.child(childId);
  if (child === undefined || isFinal(child.state)) return;
  const counts = markChild(work, child, 'PAUSED');
  if (counts && work.draft.execution.state === 'RUNNING') pauseExecution(work, null);
}

export function tellParent(work: Work, kind: 'child-paused' | 'child-resumed' | 'child-rerun'): void {
  const { parentExecutionId, id } = work.draft.execution;
  if (parentExecutionId !== null)
    work.draft.command({ kind: 'tell', executionId: parentExecutionId, event: { kind, childId: id } });
}

/** Also those that no task waits for any more, such as one that a timeout has given up. */
export function unfinishedChildren(work: Work): readonly ChildRow[] {
  const { base, children } = work.draft;
  const known = [...base.children.values()].map((row) => children.get(row.id) ?? row);
  const started = [...children.values()].filter((row) => !base.children.has(row.id));
  return [...known, ...started].filter((row) => !isFinal(row.state));
}

/** Sets a task PAUSED or RUNNING as its asynchronous action was reported; one that waits for its start goes on waiting. */
export function setTaskPaused(work: Work, task: TaskRow, isPaused: boolean): void {
  if (task.state !== 'RUNNING' && task.state !== 'PAUSED') return;
  setTask(work, task, { state: isPaused ? 'PAUSED' : 'RUNNING', updatedAt: now(work) });
}
