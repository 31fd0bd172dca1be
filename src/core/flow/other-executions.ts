import type { ExecutionsQuery, TasksQuery } from '../expressions/index.js';
import type { Json, JsonObject } from '../shared/index.js';
import type { FlowReader } from './flow.js';
import type { FlowScope } from './scope.js';
import { taskData } from './task-data.js';
import { formatInstant } from './times.js';

/** What `tasks()` gives: of this execution and others decided in the same transaction as they stand now, of the rest as stored. */
export function tasksData(flow: FlowReader, scope: FlowScope, query: TasksQuery): Json {
  const id = query.workflowExecutionId;
  if (id === flow.execution.id && !query.recursive) return tasksIn(flow, query);
  const live = liveFlows(flow, scope).filter((other) => id === null || isBelow(scope, other, id, query.recursive));
  const stored = scope.data({ kind: 'tasks', ...query }) as readonly JsonObject[];
  const known = new Set(live.map((other) => other.execution.id));
  return [
    ...stored.filter((task) => !known.has(task['workflow_execution_id'] as string)),
    ...live.flatMap((other) => tasksIn(other, query)),
  ];
}

/** What `executions()` gives, oldest first; as for tasks, what this transaction decides is seen. */
export function executionsData(flow: FlowReader, scope: FlowScope, query: ExecutionsQuery): Json {
  const live = liveFlows(flow, scope).map((other) => other.execution);
  const known = new Set(live.map(({ id }) => id));
  const stored = scope.data({ kind: 'executions', ...query }) as readonly JsonObject[];
  const wanted = live.map(executionRecord).filter((record) => matches(record, query));
  return [...stored.filter((record) => !known.has(record['id'] as string)), ...wanted];
}

function liveFlows(flow: FlowReader, scope: FlowScope): readonly FlowReader[] {
  return [...[...scope.liveFlows()].filter((other) => other.execution.id !== flow.execution.id), flow];
}

function isBelow(scope: FlowScope, flow: FlowReader, id: string, isDeep: boolean): boolean {
  const live = new Map([...scope.liveFlows()].map((other) => [other.execution.id, other.execution]));
  let current: FlowReader['execution'] | undefined = flow.execution;
  for (; current !== undefined; current = live.get(current.parentExecutionId ?? '')) {
    if (current.id === id || (isDeep && current.parentExecutionId === id)) return true;
    if (!isDeep) return false;
  }
  return false;
}

function tasksIn(flow: FlowReader, query: TasksQuery): readonly JsonObject[] {
  const rows = [...flow.allTasks()].filter((row) => query.state === null || row.state === query.state);
  const shown = query.flat
    ? rows.filter((row) => row.type === 'ACTION' || !flow.childrenOf(row.id).some((child) => child.state === row.state))
    : rows;
  return shown.map((row) => taskData(flow, row));
}

function matches(record: JsonObject, query: ExecutionsQuery): boolean {
  const created = record['created_at'] as string;
  return (
    (query.id === null || record['id'] === query.id) &&
    (query.rootExecutionId === null || record['root_execution_id'] === query.rootExecutionId) &&
    (query.state === null || record['state'] === query.state) &&
    (query.fromTime === null || created >= query.fromTime) &&
    (query.toTime === null || created < query.toTime)
  );
}

function executionRecord(row: FlowReader['execution']): JsonObject {
  return {
    id: row.id,
    name: row.workflowName,
    workflow_id: row.workflowId,
    workflow_name: row.workflowName,
    workflow_namespace: row.workflowNamespace,
    description: row.description,
    state: row.state,
    state_info: row.stateInfo,
    input: row.input,
    output: row.output,
    params: row.params,
    task_execution_id: row.taskExecutionId,
    root_execution_id: row.rootExecutionId,
    project_id: row.projectId,
    created_at: formatInstant(row.createdAt),
    updated_at: formatInstant(row.updatedAt),
  };
}
