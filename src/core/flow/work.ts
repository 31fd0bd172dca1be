import { MistralError, StateError } from '../shared/index.js';
import { NeedsData } from '../expressions/index.js';
import type { Draft } from './draft.js';
import type { ActionOutcome } from './events.js';
import { announceExecution, announceTask, type Publishers, publishersOf } from './notify.js';
import type { ExecutionRow, Instant, TaskRow } from './rows.js';
import type { FlowScope } from './scope.js';
import { type ExecutionState, isAllowedTransition, isFinal } from './states.js';
import type { TaskSpec } from '../language/index.js';

/** How a task ended; `isLast` keeps the retry policy out of it (a timeout is for all attempts together). */
export interface TaskEnd {
  readonly state: 'SUCCESS' | 'ERROR' | 'CANCELLED' | 'SKIPPED';
  readonly info: string | null;
  readonly isLast?: boolean;
  /** What has ended it, as errors on the way say: a child, or its own start (items there are none of). */
  readonly by?: 'child' | 'start';
  /** The wait-after policy has been served. */
  readonly hasWaited?: boolean;
}

/** What a decision still has to do; taken in order, and a step may add others. */
export type Step =
  /** First start of a task, its start after pause-before, or its rerun: policies, then children. */
  | { readonly kind: 'start-task'; readonly taskId: string }
  /** After wait-before or for a retry: the children only. */
  | { readonly kind: 'start-children'; readonly taskId: string }
  | { readonly kind: 'action-done'; readonly actionId: string; readonly outcome: ActionOutcome }
  /** `run` of the task when the step was made: a retry or rerun meanwhile makes the step void. */
  | { readonly kind: 'next-items'; readonly taskId: string; readonly run: number }
  | { readonly kind: 'complete-task'; readonly taskId: string; readonly run: number; readonly end: TaskEnd }
  | { readonly kind: 'refresh-join'; readonly taskId: string }
  /** The execution runs again after its end; comes behind what its revival has started. */
  | { readonly kind: 'wake-unfinished' };

/** One decision in progress: the draft it changes, what it may know, and the steps that are still to be taken. */
export interface Work {
  readonly draft: Draft;
  readonly scope: FlowScope;
  readonly steps: Step[];
  /** Set when the check whether the execution has ended is due. */
  mayHaveEnded: boolean;
  /** Set when pure actions were left over. */
  hasLeftovers: boolean;
  /** Joins with a refresh among the steps. */
  readonly refreshing: Set<string>;
  /** Joins with their start or failure among the steps. */
  readonly settled: Set<string>;
  /** Who is told of changes of state; mostly nobody. */
  readonly publishers: Publishers | undefined;
}

export function newWork(draft: Draft, scope: FlowScope): Work {
  const publishers = publishersOf(draft.execution.params);
  return {
    draft,
    scope,
    steps: [],
    mayHaveEnded: false,
    hasLeftovers: false,
    refreshing: new Set(),
    settled: new Set(),
    publishers,
  };
}

export function isExecutionFinal(work: Work): boolean {
  return isFinal(work.draft.execution.state);
}

/**
 * Nothing more is started, not even what a task that was started before still needs. Only a cancel asks for that: a
 * workflow that ends by `fail`, `succeed` or an error lets its tasks run to their end.
 */
export function isStopped(work: Work): boolean {
  return work.draft.execution.state === 'CANCELLED';
}

export function isPaused(work: Work): boolean {
  return work.draft.execution.state === 'PAUSED';
}

/** @throws StateError in the words of the original */
export function changeExecutionState(work: Work, state: ExecutionState, patch: Partial<ExecutionRow> = {}): void {
  const { execution } = work.draft;
  if (!isAllowedTransition(execution.state, state)) throw new StateError(transitionText(execution, state));
  work.draft.setExecution({ ...patch, state, updatedAt: work.scope.tick() });
  if (work.publishers !== undefined) announceExecution(work.publishers, work.draft, execution.state);
}

export function transitionText(execution: ExecutionRow, state: ExecutionState): string {
  return `Can't change workflow execution state from ${execution.state} to ${state}. [workflow=${execution.workflowName}, execution_id=${execution.id}]`;
}

export function setTask(work: Work, task: TaskRow, patch: Partial<TaskRow>): TaskRow {
  const before = work.publishers === undefined || patch.state === undefined ? undefined : work.draft.task(task.id);
  const row = work.draft.setTask(task.id, { ...patch, updatedAt: work.scope.tick() });
  if (work.publishers !== undefined && before !== undefined) announceTask(work.publishers, work.draft, before, row);
  return row;
}

export function specOf(work: Work, task: TaskRow): TaskSpec {
  const spec = work.draft.spec.tasks.get(task.name);
  if (spec === undefined)
    throw new StateError(`tasks.${task.name}: the definition of execution ${task.executionId} has no such task`);
  return spec;
}

/** Ended, but what follows it has not been started: in a pause, or beyond a transaction's budget. */
export function isHeldTask(task: TaskRow): boolean {
  return isFinal(task.state) && !task.processed;
}

/** The newest form of a row that was read earlier. */
export function current(work: Work, task: TaskRow): TaskRow {
  return work.draft.task(task.id) ?? task;
}

export function now(work: Work): Instant {
  return work.scope.tick();
}

/** Characters of a state info. */
export const STATE_INFO_LIMIT = 65_500;

/** State info is cut at 65,500 characters. */
export function cutText(text: string): string {
  return text.length > STATE_INFO_LIMIT ? `${text.slice(0, STATE_INFO_LIMIT)}...` : text;
}

/** What an error says to users; bugs are not swallowed here. @throws what is no error of a definition or its data */
export function messageOf(error: unknown): string {
  if (error instanceof NeedsData || !(error instanceof MistralError)) throw error;
  return error.message;
}
