import type { DataKey } from '../core/flow/scope.js';
import { type Json, type JsonObject, parseJson } from '../core/shared/index.js';
import { visibleTo } from './tenancy.js';
import type { Statement, Tx } from './tx.js';

type TasksKey = Extract<DataKey, { kind: 'tasks' }>;
type ExecutionsKey = Extract<DataKey, { kind: 'executions' }>;

const TIME = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')`;
const VISIBLE = visibleTo('e', '$1', 'no');

/** Tasks of one execution (with `recursive`, of all below it), or of all; the result is worked out from the children. */
const TASKS: Statement = {
  name: 'data:tasks',
  text: `WITH RECURSIVE chosen AS (
      SELECT e.id FROM workflow_executions e WHERE ${VISIBLE} AND ($2::text IS NULL OR e.id = $2)
      UNION SELECT e.id FROM workflow_executions e JOIN chosen c ON $3 AND e.parent_execution_id = c.id)
    SELECT t.id, t.name, t.state, t.state_info AS "stateInfo", t.type, t.execution_id AS "executionId", t.published,
      ${TIME('t.created_at')} AS "createdAt", ${TIME('t.updated_at')} AS "updatedAt", s.spec,
      (SELECT json_agg(a.output::json ORDER BY a.item_index, a.created_at) FROM action_executions a
        WHERE a.task_execution_id = t.id AND a.accepted) AS actions,
      (SELECT json_agg(json_build_object('state', c.state, 'output', c.output::json) ORDER BY c.item_index, c.created_at)
        FROM workflow_executions c WHERE c.task_execution_id = t.id AND c.accepted) AS children
    FROM task_executions t JOIN chosen ON chosen.id = t.execution_id
    JOIN workflow_executions e ON e.id = t.execution_id LEFT JOIN workflow_specs s ON s.id = e.spec_id
    ORDER BY t.created_at, t.id`,
};

const EXECUTIONS: Statement = {
  name: 'data:executions',
  text: `SELECT e.id, e.workflow_id AS "workflowId", e.workflow_name AS "workflowName",
      e.workflow_namespace AS "workflowNamespace", e.description, e.state, e.state_info AS "stateInfo", e.input, e.output,
      e.params, e.task_execution_id AS "taskExecutionId", e.root_execution_id AS "rootExecutionId",
      e.project_id AS "projectId", ${TIME('e.created_at')} AS "createdAt", ${TIME('e.updated_at')} AS "updatedAt"
    FROM workflow_executions e
    WHERE ${VISIBLE} AND ($2::text IS NULL OR e.id = $2) AND ($3::text IS NULL OR e.root_execution_id = $3)
      AND ($4::text IS NULL OR e.state = $4) AND ($5::timestamptz IS NULL OR e.created_at >= $5)
      AND ($6::timestamptz IS NULL OR e.created_at < $6)
    ORDER BY e.created_at, e.id`,
};

interface TaskText {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly stateInfo: string | null;
  readonly type: string;
  readonly executionId: string;
  readonly published: string | null;
  readonly createdAt: string;
  readonly updatedAt: string | null;
  readonly spec: string | null;
  readonly actions: readonly ({ readonly result?: Json } | null)[] | null;
  readonly children: readonly { readonly state: string; readonly output: Json }[] | null;
}

interface ExecutionText {
  readonly [column: string]: string | null;
}

/** What `tasks()` and `executions()` show of executions other than the one that asks. */
export class DataStore {
  async fetch(tx: Tx, projectId: string, key: DataKey): Promise<Json> {
    return key.kind === 'tasks' ? this.tasks(tx, projectId, key) : this.executions(tx, projectId, key);
  }

  private async tasks(tx: Tx, projectId: string, key: TasksKey): Promise<Json> {
    const rows = await tx.rows<TaskText>(TASKS, [projectId, key.workflowExecutionId, key.recursive]);
    const wanted = rows.filter((row) => key.state === null || row.state === key.state);
    const shown = key.flat ? wanted.filter(isLeaf) : wanted;
    return shown.map(taskOf);
  }

  private async executions(tx: Tx, projectId: string, key: ExecutionsKey): Promise<Json> {
    const values = [projectId, key.id, key.rootExecutionId, key.state, key.fromTime, key.toTime];
    return (await tx.rows<ExecutionText>(EXECUTIONS, values)).map(executionOf);
  }
}

/** A sub-workflow task is left out when one of its executions has the same state. */
function isLeaf(row: TaskText): boolean {
  return row.type === 'ACTION' || !(row.children ?? []).some((child) => child.state === row.state);
}

function taskOf(row: TaskText): JsonObject {
  const spec = row.spec === null ? null : (parseJson(row.spec) as { readonly tasks?: Readonly<Record<string, Json>> });
  const taskSpec = spec?.tasks?.[row.name] ?? {};
  return {
    id: row.id,
    name: row.name,
    spec: taskSpec,
    state: row.state,
    state_info: row.stateInfo,
    result: resultOf(row, taskSpec),
    published: row.published === null ? {} : parseJson(row.published),
    type: row.type,
    workflow_execution_id: row.executionId,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

function resultOf(row: TaskText, spec: Json): Json {
  const results: Json[] =
    row.type === 'ACTION'
      ? (row.actions ?? []).map((output) => output?.result ?? null)
      : (row.children ?? []).map(({ output }) => output);
  const isItems = (spec as { readonly 'with-items'?: Json })['with-items'] !== undefined;
  return !isItems && results.length === 1 ? (results[0] ?? null) : results;
}

function executionOf(row: ExecutionText): JsonObject {
  const json = (text: string | null | undefined): Json =>
    text === null || text === undefined ? null : parseJson(text);
  return {
    id: row.id ?? null,
    name: row.workflowName ?? null,
    workflow_id: row.workflowId ?? null,
    workflow_name: row.workflowName ?? null,
    workflow_namespace: row.workflowNamespace ?? null,
    description: row.description ?? null,
    state: row.state ?? null,
    state_info: row.stateInfo ?? null,
    input: json(row.input),
    output: json(row.output),
    params: json(row.params),
    task_execution_id: row.taskExecutionId ?? null,
    root_execution_id: row.rootExecutionId ?? null,
    project_id: row.projectId ?? null,
    created_at: row.createdAt ?? null,
    updated_at: row.updatedAt ?? null,
  };
}
