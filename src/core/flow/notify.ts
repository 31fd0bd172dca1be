import { isDict, type Json, type JsonObject, jsonEquals } from '../shared/index.js';
import type { Draft } from './draft.js';
import type { ExecutionRow, TaskRow } from './rows.js';
import { type ExecutionState, isFinal, type TaskState } from './states.js';
import { formatInstant } from './times.js';

/** One entry of `params.notify` that wants something sent. */
interface Publisher {
  readonly entry: JsonObject;
  /** Empty: everything, also changes of state that have no event. */
  readonly eventTypes: readonly Json[];
}

export type Publishers = readonly Publisher[];

/** Who is told of changes of state, or undefined when nobody is: then nothing more is done about it. */
export function publishersOf(params: JsonObject): Publishers | undefined {
  const list = params['notify'];
  if (!Array.isArray(list)) return undefined;
  const found = (list as readonly Json[]).flatMap((entry) => toPublisher(entry) ?? []);
  return found.length === 0 ? undefined : found;
}

function toPublisher(entry: Json): Publisher | undefined {
  if (!isDict(entry)) return undefined;
  const { event_types: eventTypes, type } = entry as JsonObject;
  if (type === 'noop' || type === undefined || type === null) return undefined;
  return { entry: entry as JsonObject, eventTypes: Array.isArray(eventTypes) ? (eventTypes as readonly Json[]) : [] };
}

/** `params` of a new execution with the publishers of the settings added; those it has from its parent stay single. */
export function withPublishers(params: JsonObject, configured: readonly JsonObject[]): JsonObject {
  if (configured.length === 0) return params;
  const own = Array.isArray(params['notify']) ? (params['notify'] as readonly Json[]) : [];
  const added = configured.filter((entry) => !own.some((known) => jsonEquals(known, entry)));
  return { ...params, notify: [...own, ...added] };
}

/** Sends word of a task's new state, in the order of the changes. */
export function announceTask(publishers: Publishers, draft: Draft, before: TaskRow, row: TaskRow): void {
  if (before.state === row.state) return;
  // A rerun passes through IDLE; its start is the news.
  if (isFinal(before.state) && row.state === 'IDLE') return;
  const event = taskEvent(stateBefore(before, row), row.state);
  announce(publishers, draft, event, () => ({
    id: row.id,
    name: row.name,
    workflow_execution_id: row.executionId,
    workflow_name: row.workflowName,
    workflow_namespace: row.workflowNamespace,
    workflow_id: row.workflowId,
    state: row.state,
    state_info: row.stateInfo,
    type: row.type,
    project_id: row.projectId,
    created_at: formatInstant(row.createdAt),
    updated_at: formatInstant(row.updatedAt),
    started_at: formatInstant(row.startedAt),
    finished_at: formatInstant(row.finishedAt),
    event,
  }));
}

/** Sends word of the execution's new state. */
export function announceExecution(publishers: Publishers, draft: Draft, before: ExecutionState): void {
  const row: ExecutionRow = draft.execution;
  if (before === row.state) return;
  const event = executionEvent(before, row.state);
  announce(publishers, draft, event, () => ({
    id: row.id,
    name: row.workflowName,
    workflow_name: row.workflowName,
    workflow_namespace: row.workflowNamespace,
    workflow_id: row.workflowId,
    state: row.state,
    state_info: row.stateInfo,
    project_id: row.projectId,
    task_execution_id: row.taskExecutionId,
    root_execution_id: row.rootExecutionId,
    created_at: formatInstant(row.createdAt),
    updated_at: formatInstant(row.updatedAt),
    event,
  }));
}

function announce(publishers: Publishers, draft: Draft, event: string | null, payloadOf: () => JsonObject): void {
  const wanted = publishers.filter(({ eventTypes }) => eventTypes.length === 0 || eventTypes.includes(event));
  if (wanted.length === 0) return;
  const payload = payloadOf();
  for (const { entry } of wanted) draft.command({ kind: 'notify', publisher: entry, payload });
}

/** The state a start counts from: none for the first one, ERROR for a rerun. */
function stateBefore(before: TaskRow, row: TaskRow): TaskState | null {
  if (before.state !== 'IDLE' || before.startedAt === row.startedAt) return before.state;
  return before.startedAt === null ? null : 'ERROR';
}

const TASK_EVENTS: Readonly<Partial<Record<TaskState, string>>> = {
  SUCCESS: 'TASK_SUCCEEDED',
  ERROR: 'TASK_FAILED',
  CANCELLED: 'TASK_CANCELLED',
  PAUSED: 'TASK_PAUSED',
  SKIPPED: 'TASK_SKIPPED',
};

function taskEvent(from: TaskState | null, to: TaskState): string | null {
  if (to !== 'RUNNING') return TASK_EVENTS[to] ?? null;
  if (from === 'ERROR') return 'TASK_RERUN';
  return from === 'IDLE' || from === 'PAUSED' || from === 'WAITING' ? 'TASK_RESUMED' : 'TASK_LAUNCHED';
}

const EXECUTION_EVENTS: Readonly<Partial<Record<ExecutionState, string>>> = {
  SUCCESS: 'WORKFLOW_SUCCEEDED',
  ERROR: 'WORKFLOW_FAILED',
  CANCELLED: 'WORKFLOW_CANCELLED',
  PAUSED: 'WORKFLOW_PAUSED',
};

function executionEvent(from: ExecutionState, to: ExecutionState): string | null {
  if (to !== 'RUNNING') return EXECUTION_EVENTS[to] ?? null;
  if (from === 'ERROR') return 'WORKFLOW_RERUN';
  return from === 'PAUSED' ? 'WORKFLOW_RESUMED' : 'WORKFLOW_LAUNCHED';
}
