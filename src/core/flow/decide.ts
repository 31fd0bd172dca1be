import { MistralError } from '../shared/index.js';
import { NeedsData } from '../expressions/index.js';
import { completeAction, openAction, updateAction } from './complete-action.js';
import { completeTask } from './complete-task.js';
import { onChildDeleted, onChildDone } from './child-done.js';
import { onChildRerun, rerunTask, skipTask, stopExecution, updateExecution } from './control.js';
import { failDeadlock } from './deadlock.js';
import { Draft } from './draft.js';
import type { FlowEvent } from './events.js';
import { checkAndComplete } from './finish.js';
import type { Flow } from './flow.js';
import { refreshJoin } from './joins.js';
import { continueLeftovers, onActionLost, onActionPending } from './leftovers.js';
import { onChildPaused, pauseExecution } from './pause.js';
import { onChildResumed, resumeExecution } from './resume.js';
import { repair, wakeUnfinished } from './repair.js';
import { guarded, startChildren, startTask } from './run-task.js';
import type { TaskRow } from './rows.js';
import type { FlowScope } from './scope.js';
import { goOnTelling } from './tell-children.js';
import { onTimer } from './timers.js';
import { itemsOutcome, showCapacity, startMoreItems } from './with-items.js';
import { isFinal } from './states.js';
import { isStopped, newWork, type Step, type Work } from './work.js';

/**
 * What a decision gives: the changes as a draft over the flow, and per event the refusal its sender gets, if any. Events
 * beyond the refusals have not been looked at, for want of time.
 */
export interface Decision {
  readonly draft: Draft;
  readonly refusals: readonly (MistralError | undefined)[];
}

/**
 * Decides on events of one execution, in order. Pure: the flow stays as it is, time, ids and look-ups come from `scope`.
 * An event that is refused changes nothing: if it had left a trace, everything is decided again without it.
 * @param atLeast  so many events are decided on, whether there is time or not
 * @throws NeedsData when a look-up is not loaded yet
 */
export function decide(flow: Flow, events: readonly FlowEvent[], scope: FlowScope, atLeast = events.length): Decision {
  const refused = new Map<FlowEvent, MistralError>();
  for (;;) {
    const decision = decideWithout(refused, flow, events, scope, atLeast);
    if (decision !== undefined) return decision;
  }
}

/** @returns nothing when one more event was refused that had left a trace */
function decideWithout(
  refused: Map<FlowEvent, MistralError>,
  flow: Flow,
  events: readonly FlowEvent[],
  scope: FlowScope,
  atLeast: number,
): Decision | undefined {
  const work = newWork(new Draft(flow, false), scope);
  const refusals: (MistralError | undefined)[] = [];
  for (const event of events) {
    if (refusals.length >= atLeast && !scope.hasTime()) break;
    const known = refused.get(event);
    const before = work.draft.changeCount;
    const refusal = known ?? attempt(work, event);
    if (known === undefined && refusal !== undefined) {
      refused.set(event, refusal);
      if (work.draft.changeCount > before || work.steps.length > 0) return undefined;
    }
    refusals.push(refusal);
  }
  return { draft: finished(work), refusals };
}

/** Takes all steps of a decision, ends the execution when nothing is left, and asks for a continuation when the budget ended. */
export function drain(work: Work): void {
  do {
    for (const step of work.steps) take(work, step);
    work.steps.length = 0;
    failDeadlock(work);
  } while (work.steps.length > 0);
  if (work.mayHaveEnded) checkAndComplete(work);
}

export function finished(work: Work): Draft {
  const { draft } = work;
  if (work.hasLeftovers) draft.command({ kind: 'tell', executionId: draft.execution.id, event: { kind: 'continue' } });
  return draft;
}

function attempt(work: Work, event: FlowEvent): MistralError | undefined {
  try {
    handle(work, event);
    drain(work);
    return undefined;
  } catch (error) {
    if (error instanceof NeedsData || !(error instanceof MistralError)) throw error;
    return error;
  }
}

function handle(work: Work, event: FlowEvent): void {
  if (event.kind === 'tell-children') return goOnTelling(work, event.event, event.after);
  if (event.kind === 'child-deleted') return onChildDeleted(work, event.childId);
  switch (event.kind) {
    case 'action-done':
      return completeAction(work, openAction(work, event.actionId), event.outcome);
    case 'action-updated':
      return updateAction(work, openAction(work, event.actionId), event.state, event.isClaimed);
    case 'action-pending':
      return onActionPending(work, event.actionId);
    case 'action-lost':
      return onActionLost(work, event.actionId);
    case 'timer':
      return withTimer(work, event.timerId);
    case 'pause':
      return pauseExecution(work, null, event.fromParent);
    case 'resume':
      return resumeExecution(work, event.env, event.fromParent);
    case 'stop':
      return stopExecution(work, event.state, event.message);
    case 'rerun':
      return rerunTask(work, event.taskId, event.reset, event.env);
    case 'skip':
      return skipTask(work, event.taskId, event.env);
    case 'update':
      return updateExecution(work, event.description, event.env);
    case 'child-done':
      return onChildDone(work, event);
    case 'child-paused':
      return onChildPaused(work, event.childId);
    case 'child-resumed':
      return onChildResumed(work, event.childId);
    case 'child-rerun':
      return onChildRerun(work, event.childId);
    case 'continue':
      return continueLeftovers(work);
    case 'sweep':
      return repair(work);
  }
}

function withTimer(work: Work, timerId: string): void {
  const timer = work.draft.timer(timerId);
  if (timer !== undefined) onTimer(work, timer);
}

function take(work: Work, step: Step): void {
  if (step.kind === 'action-done') {
    const action = work.draft.action(step.actionId);
    if (action !== undefined && !isFinal(action.state)) completeAction(work, action, step.outcome);
    return;
  }
  if (step.kind === 'wake-unfinished') return wakeUnfinished(work);
  const task = work.draft.task(step.taskId);
  if (task === undefined) return;
  if ('run' in step && isVoid(task, step)) return;
  switch (step.kind) {
    case 'start-task':
      return isLeft(work, task) ? undefined : startTask(work, task);
    case 'start-children':
      return startChildren(work, task);
    case 'next-items':
      return nextItems(work, step.taskId);
    case 'complete-task':
      return completeTask(work, task, step.end);
    case 'refresh-join':
      return refreshJoin(work, task);
  }
}

/** Beyond the time of a transaction a new task is left for the next one. */
function isLeft(work: Work, task: TaskRow): boolean {
  if (task.state !== 'IDLE' || task.startedAt !== null || isStopped(work) || work.scope.hasTime()) return false;
  work.hasLeftovers = true;
  return true;
}

/** Of another run, or made by a child while a policy already holds the end of the task back. */
function isVoid(task: TaskRow, step: Extract<Step, { run: number }>): boolean {
  if (task.run !== step.run) return true;
  const isFromChild = step.kind === 'next-items' || (step.end.hasWaited !== true && step.end.isLast !== true);
  return task.state === 'DELAYED' && isFromChild;
}

function nextItems(work: Work, taskId: string): void {
  const task = work.draft.task(taskId);
  if (task === undefined || isFinal(task.state)) return;
  showCapacity(work, task);
  const end = itemsOutcome(work, task);
  if (end !== undefined) completeTask(work, task, { ...end, by: 'child' });
  else if (!isStopped(work)) guarded(work, task, () => startMoreItems(work, task));
}
