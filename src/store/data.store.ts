import type { DataKey } from '../core/flow/scope.js';
import { type Json, type JsonObject, parseJson } from '../core/shared/index.js';
import { visibleTo } from './tenancy.js';
import type { Statement, Tx } from './tx.js';

type TasksKey = Extract<DataKey, { kind: 'tasks' }>;
type ExecutionsKey = Extract<DataKey, { kind: 'executions' }>;

const TIME = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')`;
const VISIBLE = visibleTo('e', '$1', 'no');

/** What one call of `tasks()` or `executions()` gives at most. */
const MAX_ROWS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Tasks of one execution (with `recursive`, of all below it), or of all. */
const CHOSEN = `WITH RECURSIVE chosen AS (
      SELECT e.id FROM workflow_executions e WHERE ${VISIBLE} AND ($2::text IS NULL OR e.id = $2)
      UNION SELECT e.id FROM workflow_executions e JOIN chosen c ON $3 AND e.parent_execution_id = c.id),
    wanted AS MATERIALIZED (SELECT t.*, e.spec_id FROM task_executions t JOIN chosen ON chosen.id = t.execution_id
      JOIN workflow_executions e ON e.id = t.execution_id
      WHERE ($4::text IS NULL OR t.state = $4) AND (NOT $5 OR t.type = 'ACTION' OR NOT EXISTS (
        SELECT FROM workflow_executions c WHERE c.task_execution_id = t.id AND c.accepted AND c.state = t.state))
      LIMIT ${MAX_ROWS + 1})`;
const MEASURE_TASKS: Statement = {
  name: 'data:measure-tasks',
  text: `${CHOSEN} SELECT count(*)::float8 AS rows, coalesce(sum(coalesce(octet_length(t.published), 0) + coalesce((
        SELECT sum(octet_length(a.output)) FROM action_executions a WHERE a.task_execution_id = t.id AND a.accepted), 0)
      + coalesce((
        SELECT sum(octet_length(c.output)) FROM workflow_executions c WHERE c.task_execution_id = t.id AND c.accepted), 0)),
      0)::float8 AS bytes FROM wanted t`,
};
/** The result is worked out from the children. */
const TASKS: Statement = {
  name: 'data:tasks',
  text: `${CHOSEN} SELECT t.id, t.name, t.state, t.state_info AS "stateInfo", t.type, t.execution_id AS "executionId",
      t.published, ${TIME('t.created_at')} AS "createdAt", ${TIME('t.updated_at')} AS "updatedAt", t.spec_id AS "specId",
      (SELECT json_agg(a.output::json ORDER BY a.item_index, a.created_at) FROM action_executions a
        WHERE a.task_execution_id = t.id AND a.accepted) AS actions,
      (SELECT json_agg(c.output::json ORDER BY c.item_index, c.created_at)
        FROM workflow_executions c WHERE c.task_execution_id = t.id AND c.accepted) AS children
    FROM wanted t ORDER BY t.created_at, t.id`,
};
const SPECS: Statement = { name: 'data:specs', text: 'SELECT id, spec FROM workflow_specs WHERE id = ANY($1::text[])' };

const MATCHING = `FROM workflow_executions e
    WHERE ${VISIBLE} AND ($2::text IS NULL OR e.id = $2) AND ($3::text IS NULL OR e.root_execution_id = $3)
      AND ($4::text IS NULL OR e.state = $4) AND ($5::timestamptz IS NULL OR e.created_at >= $5)
      AND ($6::timestamptz IS NULL OR e.created_at < $6)`;
const MEASURE_EXECUTIONS: Statement = {
  name: 'data:measure-executions',
  text: `SELECT count(*)::float8 AS rows, coalesce(sum(bytes), 0)::float8 AS bytes FROM (
      SELECT octet_length(e.input) + octet_length(e.output) + octet_length(e.params) AS bytes ${MATCHING}
      LIMIT ${MAX_ROWS + 1}) matching`,
};
const EXECUTIONS: Statement = {
  name: 'data:executions',
  text: `SELECT e.id, e.workflow_id AS "workflowId", e.workflow_name AS "workflowName",
      e.workflow_namespace AS "workflowNamespace", e.description, e.state, e.state_info AS "stateInfo", e.input, e.output,
      e.params, e.task_execution_id AS "taskExecutionId", e.root_execution_id AS "rootExecutionId",
      e.project_id AS "projectId", ${TIME('e.created_at')} AS "createdAt", ${TIME('e.updated_at')} AS "updatedAt"
    ${MATCHING} ORDER BY e.created_at, e.id`,
};

interface Measured {
  readonly rows: number;
  readonly bytes: number;
}

/** What was found, or why it is too much for one expression. */
export type Found =
  { readonly kind: 'data'; readonly data: Json } | { readonly kind: 'too much'; readonly message: string };

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
  readonly specId: string;
  readonly actions: readonly ({ readonly result?: Json } | null)[] | null;
  readonly children: readonly Json[] | null;
}

interface ExecutionText {
  readonly [column: string]: string | null;
}

/** What `tasks()` and `executions()` show of executions other than the one that asks. */
export class DataStore {
  async fetch(tx: Tx, projectId: string, key: DataKey): Promise<Found> {
    return key.kind === 'tasks' ? this.tasks(tx, projectId, key) : this.executions(tx, projectId, key);
  }

  private async tasks(tx: Tx, projectId: string, key: TasksKey): Promise<Found> {
    const values = [projectId, key.workflowExecutionId, key.recursive, key.state, key.flat];
    const [measured] = await tx.rows<Measured>(MEASURE_TASKS, values);
    if (isTooMuch(measured)) return tooMuch('tasks()', 'an execution or a state');
    const rows = await tx.rows<TaskText>(TASKS, values);
    const specs = await this.specsOf(tx, rows);
    return { kind: 'data', data: rows.map((row) => taskOf(row, specs.get(row.specId)?.tasks?.[row.name] ?? {})) };
  }

  private async executions(tx: Tx, projectId: string, key: ExecutionsKey): Promise<Found> {
    const values = [projectId, key.id, key.rootExecutionId, key.state, key.fromTime, key.toTime];
    const [measured] = await tx.rows<Measured>(MEASURE_EXECUTIONS, values);
    if (isTooMuch(measured)) return tooMuch('executions()', 'a state, a root execution or times');
    return { kind: 'data', data: (await tx.rows<ExecutionText>(EXECUTIONS, values)).map(executionOf) };
  }

  private async specsOf(tx: Tx, rows: readonly TaskText[]): Promise<ReadonlyMap<string, Spec>> {
    const ids = [...new Set(rows.map(({ specId }) => specId))];
    const found = ids.length === 0 ? [] : await tx.rows<{ id: string; spec: string }>(SPECS, [ids]);
    return new Map(found.map(({ id, spec }) => [id, parseJson(spec) as Spec]));
  }
}

interface Spec {
  readonly tasks?: Readonly<Record<string, Json>>;
}

function isTooMuch(measured: Measured | undefined): boolean {
  return measured !== undefined && (measured.rows > MAX_ROWS || measured.bytes > MAX_BYTES);
}

function tooMuch(call: string, narrower: string): Found {
  const message = `${call} would give more than ${MAX_ROWS} rows or ${MAX_BYTES / 1024 / 1024} MiB: ask for ${narrower}`;
  return { kind: 'too much', message };
}

function taskOf(row: TaskText, taskSpec: Json): JsonObject {
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
    row.type === 'ACTION' ? (row.actions ?? []).map((output) => output?.result ?? null) : [...(row.children ?? [])];
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
