import type { ActionOutcome } from './events.js';
import type { ActionRow, TaskRow, TimerRow } from './rows.js';
import type { PlainAction, Wait } from './scope.js';
import { isFinal } from './states.js';
import { secondsToMicros } from './times.js';
import { current, type Work } from './work.js';

/** No later than any instant that can be told exactly (the year 2255), in microseconds since 1970. */
const LATEST = Number.MAX_SAFE_INTEGER;

type Answer = ReturnType<NonNullable<PlainAction['runPure']>>;

/** Whether the answer of a pure action is that it only waits. */
export function isWait(answer: Answer): answer is Wait {
  return typeof answer === 'object' && 'waitSeconds' in answer;
}

/** The timer that ends an action which only waits; it has the action's id. */
export function waitTimer(action: ActionRow, { waitSeconds, outcome }: Wait): TimerRow {
  const { id, executionId, taskExecutionId, createdAt } = action;
  const dueAt = Math.min(createdAt + secondsToMicros(waitSeconds), LATEST);
  return { id, executionId, taskExecutionId, kind: 'action', dueAt, payload: { ...outcome } };
}

/** Puts an action that was left over, or has lost its timer, to wait for the time it had in the beginning. */
export function putToWait(work: Work, action: ActionRow, wait: Wait): void {
  work.draft.setAction(action, { dispatch: 'timer' });
  work.draft.setTimer(waitTimer(action, wait));
}

/** Whether an action waits for a timer that is not set. */
export function isLeftWaiting(work: Work, { dispatch, id }: ActionRow): boolean {
  return dispatch === 'timer' && work.draft.timer(id) === undefined;
}

/** The time of an action that only waits is over. */
export function onWaitOver(work: Work, timer: TimerRow): void {
  const outcome = timer.payload as unknown as ActionOutcome;
  work.steps.push({ kind: 'action-done', actionId: timer.id, outcome });
}

/** Ends all that waits for a task that has ended: its timers, and its actions that only wait, as executors stop theirs. */
export function endWaits(work: Work, task: TaskRow): void {
  if (!work.draft.hasTimers) return;
  work.draft.dropTimersOf(task.id);
  const { state } = current(work, task);
  for (const action of work.draft.actionsOf(task.id)) {
    if (action.dispatch !== 'timer' || isFinal(action.state)) continue;
    const isTimedOut = state === 'ERROR' && action.timeoutSeconds !== null;
    work.steps.push({
      kind: 'action-done',
      actionId: action.id,
      outcome: isTimedOut ? timeoutOutcome(work, action, action.timeoutSeconds) : CANCELLED,
    });
  }
}

/** Cancels all actions of a cancelled execution that only wait. */
export function cancelWaits(work: Work): void {
  const { base, timersSet } = work.draft;
  for (const { id, kind } of [...base.timers.values(), ...timersSet.values()])
    if (kind === 'action') work.steps.push({ kind: 'action-done', actionId: id, outcome: CANCELLED });
}

const CANCELLED: ActionOutcome = { state: 'CANCELLED', result: null };

function timeoutOutcome(work: Work, action: ActionRow, seconds: number): ActionOutcome {
  const plain = work.scope.plainAction(action.runName, action.workflowNamespace ?? '');
  const result = plain?.timeoutError?.(action.id, seconds) ?? `Timeout after ${seconds} seconds`;
  return { state: 'ERROR', result };
}
