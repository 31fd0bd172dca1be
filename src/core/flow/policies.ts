import { pyRepr, truthy } from '../expressions/index.js';
import { type JsonObject, StateError } from '../shared/index.js';
import { evaluateData, inputScope } from './evaluation.js';
import { pauseExecution } from './pause.js';
import { wholeNumber } from './policy-values.js';
import { retryNumbers } from './retry-policy.js';
import type { TaskRow, TimerKind } from './rows.js';
import { secondsToMicros } from './times.js';
import { current, now, setTask, specOf, type Work } from './work.js';

const POLICY_CLASS = {
  pauseBefore: 'PauseBeforePolicy',
  waitBefore: 'WaitBeforePolicy',
  waitAfter: 'WaitAfterPolicy',
  timeout: 'TimeoutPolicy',
  concurrency: 'ConcurrencyPolicy',
} as const;

/**
 * Policies of a task's start, in the original's order. Afterwards the task is RUNNING (go on), IDLE (paused before) or
 * DELAYED (wait-before). @throws StateError for a value of a wrong type
 */
export function applyBeforePolicies(work: Work, task: TaskRow): TaskRow {
  const { policies } = specOf(work, task);
  if (Object.keys(policies).length === 0) return task;
  checkLaterPolicies(work, task);
  if (policies.pauseBefore !== undefined && booleanPolicy(work, task, 'pauseBefore')) pauseBefore(work, task);
  waitBefore(work, task);
  const timeout = secondsPolicy(work, task, 'timeout');
  if (timeout > 0) setTimer(work, task, 'timeout', timeout, { seconds: timeout });
  const concurrency = secondsPolicy(work, task, 'concurrency');
  if (concurrency > 0) patchRuntime(work, task, { concurrency });
  return current(work, task);
}

function checkLaterPolicies(work: Work, task: TaskRow): void {
  secondsPolicy(work, task, 'waitAfter');
  const { retry } = specOf(work, task).policies;
  if (retry !== undefined) retryNumbers(work, task, retry);
}

function pauseBefore(work: Work, task: TaskRow): void {
  setTask(work, current(work, task), { state: 'IDLE', stateInfo: "Set by 'pause-before' policy" });
  pauseExecution(work, null);
}

function waitBefore(work: Work, task: TaskRow): void {
  const seconds = secondsPolicy(work, task, 'waitBefore');
  if (seconds === 0) return;
  if (current(work, task).state === 'IDLE') {
    patchRuntime(work, task, { wait_before_policy: {} });
    return;
  }
  patchRuntime(work, task, { wait_before_policy: { skip: true } });
  delay(work, task, 'wait-before', seconds, {});
}

/** DELAYED until the timer fires. */
export function delay(work: Work, task: TaskRow, kind: TimerKind, seconds: number, payload: JsonObject): void {
  setTask(work, current(work, task), { state: 'DELAYED', stateInfo: `Delayed by '${kind}' policy [delay=${seconds}]` });
  setTimer(work, task, kind, seconds, payload);
}

export function setTimer(work: Work, task: TaskRow, kind: TimerKind, seconds: number, payload: JsonObject): void {
  const dueAt = now(work) + secondsToMicros(seconds);
  work.draft.setTimer({
    id: work.scope.newId(),
    executionId: task.executionId,
    taskExecutionId: task.id,
    kind,
    dueAt,
    payload,
  });
}

export function patchRuntime(work: Work, task: TaskRow, patch: JsonObject): TaskRow {
  const row = current(work, task);
  return setTask(work, row, { runtimeContext: { ...row.runtimeContext, ...patch } });
}

/** Truthiness counts: fail-on is not type-checked. It sees the data from before the task's own publish. */
export function failsOn(work: Work, task: TaskRow): boolean {
  const { failOn } = specOf(work, task).policies;
  return failOn !== undefined && truthy(evaluateData(failOn, inputScope(work.draft, work.scope, task)));
}

/** Whole seconds (or a number of items for concurrency), 0 when off. */
export function secondsPolicy(
  work: Work,
  task: TaskRow,
  name: 'waitBefore' | 'waitAfter' | 'timeout' | 'concurrency',
): number {
  const written = specOf(work, task).policies[name];
  if (written === undefined) return 0;
  return wholeNumber(evaluateData(written, inputScope(work.draft, work.scope, task)), POLICY_CLASS[name]);
}

function booleanPolicy(work: Work, task: TaskRow, name: 'pauseBefore'): boolean {
  const value = evaluateData(specOf(work, task).policies[name] ?? false, inputScope(work.draft, work.scope, task));
  if (typeof value !== 'boolean')
    throw new StateError(`Invalid data type in ${POLICY_CLASS[name]}: ${pyRepr(value)} is not of type 'boolean'`);
  return value;
}
