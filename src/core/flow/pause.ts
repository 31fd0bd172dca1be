import { markChild } from './known-children.js';
import type { TaskRow } from './rows.js';
import { isFinal } from './states.js';
import { tellChildren } from './tell-children.js';
import { changeExecutionState, now, setTask, type Work } from './work.js';

/**
 * Pauses the execution and, below it, its unfinished sub-workflows; its parent follows. No new task starts; running
 * actions finish. @throws StateError from a final state
 */
export function pauseExecution(work: Work, message: string | null, fromParent = false): void {
  const { execution } = work.draft;
  if (execution.state === 'PAUSED') return;
  changeExecutionState(work, 'PAUSED', { stateInfo: message });
  tellChildren(work, { kind: 'pause', fromParent: true });
  if (!fromParent) tellParent(work, 'child-paused');
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

/** Sets a task PAUSED or RUNNING as its asynchronous action was reported; one that waits for its start goes on waiting. */
export function setTaskPaused(work: Work, task: TaskRow, isPaused: boolean): void {
  if (task.state !== 'RUNNING' && task.state !== 'PAUSED') return;
  setTask(work, task, { state: isPaused ? 'PAUSED' : 'RUNNING', updatedAt: now(work) });
}
