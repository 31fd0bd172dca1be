import type { TaskSpec } from '../language/index.js';
import { dispatchCommands, successors } from './dispatch.js';
import { forceFail, runError } from './fail.js';
import { delay, failsOn, patchRuntime, secondsPolicy } from './policies.js';
import { publishVariables } from './publish.js';
import { evaluateData, inputScope } from './evaluation.js';
import { retryConditions, retryDelay, retryNumbers } from './retry-policy.js';
import type { TaskRow } from './rows.js';
import { isFinal } from './states.js';
import { truthy } from '../expressions/index.js';
import type { FlowCommand } from './flow-command.js';
import { followers, nextCommands } from './transitions.js';
import { refreshReachableJoins } from './joins.js';
import { setAside } from './set-aside.js';
import { endWaits } from './waiting-actions.js';
import {
  current,
  isExecutionFinal,
  isHeldTask,
  isPaused,
  isStopped,
  messageOf,
  now,
  setTask,
  specOf,
  type TaskEnd,
  type Work,
} from './work.js';

/**
 * Ends a task: publish, then the policies that may delay or repeat it, then what follows (section 3.4 of the engine's
 * contract). An error on the way ends the execution.
 */
export function completeTask(work: Work, task: TaskRow, end: TaskEnd): void {
  if (isFinal(task.state) && end.state !== 'SKIPPED') return;
  const at = now(work);
  const ended = setTask(work, task, { state: end.state, stateInfo: end.info, finishedAt: at });
  try {
    if (end.state !== 'CANCELLED') publishVariables(work, ended, end.state);
    dropUnkeptResult(work, ended);
    if (end.state !== 'SKIPPED' && isHeldBack(work, current(work, ended), end)) return;
    endWaits(work, task);
    goOn(work, current(work, ended));
  } catch (error) {
    forceFail(work, ended, completionError(work, ended, messageOf(error), end.by));
  }
}

/** Transitions of a task whose end stands. */
function goOn(work: Work, task: TaskRow): void {
  const commands = isExecutionFinal(work) ? [] : nextCommands(work, task);
  const isHeld = isPaused(work) || isBeyondBudget(work, commands);
  const row = setNext(work, task, commands, !isHeld);
  work.mayHaveEnded = true;
  refreshReachableJoins(work, row);
  if (!isHeld) dispatchCommands(work, commands);
}

/** A loop may be endless without a single action; what follows then waits for the next transaction, so that a stop gets its turn. */
function isBeyondBudget(work: Work, commands: readonly FlowCommand[]): boolean {
  if (!commands.some(({ kind }) => kind === 'run') || work.scope.hasBudget()) return false;
  work.hasLeftovers = true;
  return true;
}

function setNext(work: Work, task: TaskRow, commands: readonly FlowCommand[], processed: boolean): TaskRow {
  const next = followers(successors(commands));
  return setTask(work, task, {
    nextTasks: next,
    hasNextTasks: next.length > 0,
    errorHandled: task.state === 'ERROR' && commands.some((command) => command.event === 'on-error'),
    processed,
  });
}

/** Dispatches what follows the tasks that ended during a pause, without pausing again, or beyond a transaction's budget. */
export function dispatchHeld(work: Work, isResumed: boolean): void {
  const held = [...work.draft.allTasks()].filter(isHeldTask);
  if (held.length === 0) return;
  const commands = held.flatMap((task) => pendingCommands(work, task));
  dispatchCommands(work, isResumed ? commands.filter((command) => command.kind !== 'pause') : commands);
  work.mayHaveEnded = true;
}

/** As the guards stand now. */
function pendingCommands(work: Work, task: TaskRow): readonly FlowCommand[] {
  try {
    const commands = nextCommands(work, task);
    setNext(work, task, commands, true);
    return commands;
  } catch (error) {
    forceFail(work, task, completionError(work, task, messageOf(error), 'child'));
    return [];
  }
}

function dropUnkeptResult(work: Work, task: TaskRow): void {
  const { keepResult } = specOf(work, task);
  if (keepResult === true || task.type === 'WORKFLOW') return;
  if (truthy(evaluateData(keepResult, inputScope(work.draft, work.scope, task)))) return;
  for (const action of work.draft.actionsOf(task.id))
    if (action.output !== null) work.draft.setAction(action, { output: {} });
}

/** wait-after, fail-on and retry, in this order; true when the task is DELAYED and its end is not final. */
function isHeldBack(work: Work, task: TaskRow, end: TaskEnd): boolean {
  const spec = specOf(work, task);
  if (Object.keys(spec.policies).length === 0) return false;
  if (end.hasWaited !== true && waitsAfter(work, task, end)) return true;
  if (task.state === 'SUCCESS' && failsOn(work, task)) {
    setTask(work, task, { state: 'ERROR', stateInfo: "Failed by 'fail-on' policy" });
  }
  return end.isLast !== true && !isStopped(work) && isRetried(work, current(work, task), spec);
}

function waitsAfter(work: Work, task: TaskRow, end: TaskEnd): boolean {
  const seconds = end.isLast === true ? 0 : secondsPolicy(work, task, 'waitAfter');
  if (seconds === 0 || task.runtimeContext['wait_after_policy'] !== undefined) return false;
  patchRuntime(work, task, { wait_after_policy: { skip: true } });
  delay(work, task, 'wait-after', seconds, { state: end.state, info: end.info });
  setTask(work, current(work, task), { finishedAt: null });
  return true;
}

function isRetried(work: Work, task: TaskRow, spec: TaskSpec): boolean {
  const { retry } = spec.policies;
  if (retry === undefined || task.state === 'CANCELLED') return false;
  const numbers = retryNumbers(work, task, retry);
  if (numbers.count === 0) return false;
  const { goesOn, breaks } = retryConditions(work, task, retry);
  const known = (task.runtimeContext['retry_task_policy'] ?? {}) as { readonly retry_no?: number };
  const attempt = known.retry_no ?? 0;
  patchRuntime(work, task, { retry_task_policy: { ...known } });
  const isOver = retry.continueOn === undefined ? task.state === 'SUCCESS' : !goesOn;
  if (isOver || (task.state === 'ERROR' && breaks) || attempt >= numbers.count) return false;
  patchRuntime(work, task, { retry_task_policy: { retry_no: attempt + 1 } });
  startRetry(work, current(work, task), spec, retryDelay(numbers, attempt, work.scope.random));
  return true;
}

/** With `retry-items: failed` the items that worked count on, as those of the same run. */
function startRetry(work: Work, task: TaskRow, spec: TaskSpec, delaySeconds: number): void {
  const keepsItems = spec.policies.retryItems === 'failed' && spec.withItems.length > 0;
  setAside(work, task, (child) => !keepsItems || child.state !== 'SUCCESS');
  setTask(work, current(work, task), { run: keepsItems ? task.run : task.run + 1, items: null, finishedAt: null });
  if (delaySeconds === 0 && !isPaused(work)) {
    setTask(work, current(work, task), { state: 'DELAYED' });
    setTask(work, current(work, task), { state: 'RUNNING', stateInfo: null });
    work.steps.push({ kind: 'start-children', taskId: task.id });
  } else delay(work, task, 'retry', delaySeconds, {});
}

function completionError(work: Work, task: TaskRow, message: string, by: TaskEnd['by']): string {
  const { workflowName: workflow, name } = task;
  const child = work.draft.actionsOf(task.id).at(-1)?.name ?? work.draft.childrenOf(task.id).at(-1)?.workflowName;
  if (by === 'start') return runError(task, message);
  if (by === undefined || child === undefined)
    return `Failed to complete task [error=${message}, wf=${workflow}, task=${name}]`;
  return `Failed to handle action completion [error=${message}, wf=${workflow}, task=${name}, action=${child}]`;
}
