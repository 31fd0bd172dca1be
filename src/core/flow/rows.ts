import type { Json, JsonObject } from '../shared/index.js';
import type { ActionState, ExecutionState, TaskState } from './states.js';

/** Microseconds since 1970-01-01 UTC, a whole number. Rows made in one decision get times one microsecond apart. */
export type Instant = number;

/** A workflow execution. `version` grows by one with every transaction that touches the execution or a row below it. */
export interface ExecutionRow {
  readonly id: string;
  readonly version: number;
  readonly projectId: string;
  readonly workflowId: string | null;
  readonly workflowName: string;
  readonly workflowNamespace: string;
  /** Key of the snapshot of the definition this execution runs on (table `workflow_specs`). */
  readonly specId: string;
  readonly description: string | null;
  readonly tags: readonly string[] | null;
  readonly params: JsonObject;
  readonly input: JsonObject;
  readonly output: Json;
  /** The workflow's own context: `__execution`, vars, what `publish.global` wrote. */
  readonly context: JsonObject;
  readonly state: ExecutionState;
  readonly stateInfo: string | null;
  /** The parent's task execution, of the execution `parentExecutionId`. */
  readonly taskExecutionId: string | null;
  readonly parentExecutionId: string | null;
  readonly rootExecutionId: string | null;
  /** Executions above it: 0 for a root. */
  readonly depth: number;
  /** `{index, wb_name?, backlog_commands?}` */
  readonly runtimeContext: JsonObject;
  /** False for a sub-workflow whose outcome a retry or rerun of the parent's task has set aside. Written by the parent. */
  readonly accepted: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

export type TaskType = 'ACTION' | 'WORKFLOW';

export interface TaskRow {
  readonly id: string;
  readonly executionId: string;
  readonly projectId: string;
  readonly workflowName: string;
  readonly workflowNamespace: string;
  readonly workflowId: string | null;
  readonly name: string;
  readonly type: TaskType;
  readonly state: TaskState;
  readonly stateInfo: string | null;
  readonly tags: readonly string[] | null;
  /** What clients see: `{triggered_by?, retry_task_policy?, with_items?, concurrency?, …}`. */
  readonly runtimeContext: JsonObject;
  readonly published: JsonObject | null;
  readonly publishedGlobal: JsonObject | null;
  readonly processed: boolean;
  /** `[[name, event]]` of the tasks that follow, engine commands left out; null before the end. */
  readonly nextTasks: readonly (readonly [string, string])[] | null;
  readonly hasNextTasks: boolean;
  readonly errorHandled: boolean;
  /** Values of a with-items task whose items were not all started at once, else null: `{i: [1, 2, 3]}`. */
  readonly items: JsonObject | null;
  /** Grows with each retry and rerun; children of earlier runs don't count. */
  readonly run: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

/**
 * Who will finish an action: `inline` the loop itself (pure, a `continue` event is in the outbox), `queued` an executor
 * (a `run` row is in the outbox, or it is claimed), `external` someone outside, by PUT of the action execution, `timer` the
 * timer that has the action's id.
 */
export type ActionDispatch = 'inline' | 'queued' | 'external' | 'timer';

export interface ActionRow {
  readonly id: string;
  /** Null for an action run on its own by POST /v2/action_executions. */
  readonly taskExecutionId: string | null;
  readonly executionId: string | null;
  readonly projectId: string;
  readonly workflowName: string | null;
  readonly workflowNamespace: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[] | null;
  readonly state: ActionState;
  readonly stateInfo: string | null;
  readonly accepted: boolean;
  readonly input: JsonObject;
  /** `{result: …}`; null before the end, `{}` when the task does not keep its result. */
  readonly output: JsonObject | null;
  /** Number of the with-items item, else 0. */
  readonly index: number;
  /** The task's `run` that started it. */
  readonly run: number;
  readonly dispatch: ActionDispatch;
  readonly isSync: boolean;
  readonly safeRerun: boolean;
  readonly target: string | null;
  readonly timeoutSeconds: number | null;
  /** Where it differs from name and input (ad-hoc actions, defaults of the environment): what the executor runs. */
  readonly runName: string;
  readonly runInput: JsonObject | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

/** What a parent knows of a sub-workflow execution; `state` changes when the parent has been told. */
export interface ChildRow {
  readonly id: string;
  readonly taskExecutionId: string;
  readonly workflowName: string;
  readonly state: ExecutionState;
  readonly stateInfo: string | null;
  readonly output: Json;
  readonly accepted: boolean;
  readonly index: number;
  readonly run: number;
  readonly createdAt: Instant;
  /** Somebody has deleted it. */
  readonly isDeleted?: true;
}

export type TimerKind = 'wait-before' | 'wait-after' | 'retry' | 'timeout' | 'workflow-timeout' | 'action';

export interface TimerRow {
  readonly id: string;
  /** Null for an action run on its own. */
  readonly executionId: string | null;
  /** Null for the timeout of the whole execution. */
  readonly taskExecutionId: string | null;
  readonly kind: TimerKind;
  readonly dueAt: Instant;
  /** What the handler needs, e.g. the state and text that wait-after holds back, or the outcome of an action that waits. */
  readonly payload: JsonObject;
}
