import type { FlowEvent } from './events.js';
import { isOfThisRun, onChildEnded } from './complete-action.js';
import { isFinal } from './states.js';
import type { Work } from './work.js';

/** A sub-workflow has ended: its output is the task's result. What was reported before changes nothing. */
export function onChildDone(work: Work, event: Extract<FlowEvent, { kind: 'child-done' }>): void {
  const child = work.draft.child(event.childId);
  const task = child === undefined ? undefined : work.draft.task(child.taskExecutionId);
  if (child === undefined || task === undefined || isFinal(child.state)) return;
  const accepted = child.accepted && isOfThisRun(child, task);
  work.draft.setChild(child, { state: event.state, stateInfo: event.stateInfo, output: event.output, accepted });
  if (accepted) onChildEnded(work, task, event.state, event.stateInfo);
}

const DELETED = 'sub-workflow execution was deleted';

/** One that had not ended has failed; in any case the task remembers that it was started. */
export function onChildDeleted(work: Work, childId: string): void {
  const child = work.draft.child(childId);
  const task = child === undefined ? undefined : work.draft.task(child.taskExecutionId);
  if (child === undefined || task === undefined) return;
  const isEnded = isFinal(child.state);
  const end = isEnded ? {} : ({ state: 'ERROR', stateInfo: DELETED, output: { result: DELETED } } as const);
  work.draft.setChild(child, { ...end, isDeleted: true });
  if (!isEnded && child.accepted && isOfThisRun(child, task)) onChildEnded(work, task, 'ERROR', DELETED);
}
