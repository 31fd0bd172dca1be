import { pyRepr, truthy } from '../expressions/index.js';
import type { RetrySpec } from '../language/index.js';
import { type Json, type JsonObject, PyFloat, StateError } from '../shared/index.js';
import { evaluateData, guardScope, inputScope } from './evaluation.js';
import { pauseExecution } from './pause.js';
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

export interface RetryNumbers {
  readonly count: number;
  readonly delaySeconds: number;
}

/** @throws StateError when count or delay is no whole number from 0 */
export function retryNumbers(work: Work, task: TaskRow, retry: RetrySpec): RetryNumbers {
  const scope = inputScope(work.draft, work.scope, task);
  return {
    count: wholeNumber(evaluateData(retry.count, scope), 'RetryPolicy'),
    delaySeconds: wholeNumber(evaluateData(retry.delay, scope), 'RetryPolicy'),
  };
}

/** break-on and continue-on, both evaluated at every completion; they see what the attempt published. */
export function retryConditions(
  work: Work,
  task: TaskRow,
  retry: RetrySpec,
): { readonly goesOn: boolean; readonly breaks: boolean } {
  const scope = guardScope(work.draft, work.scope, task);
  const goesOn = retry.continueOn !== undefined && truthy(evaluateData(retry.continueOn, scope));
  const breaks = retry.breakOn !== undefined && truthy(evaluateData(retry.breakOn, scope));
  return { goesOn, breaks };
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

/** Whole floats count as integers. */
function wholeNumber(value: Json, policyClass: string): number {
  const plain = value instanceof PyFloat ? value.value : value;
  if (typeof plain !== 'number' || !Number.isInteger(plain))
    throw new StateError(`Invalid data type in ${policyClass}: ${pyRepr(value)} is not of type 'integer'`);
  if (plain < 0)
    throw new StateError(`Invalid data type in ${policyClass}: ${pyRepr(value)} is less than the minimum of 0`);
  return plain;
}
