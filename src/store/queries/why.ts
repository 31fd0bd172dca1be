import { type ActionClaim, explainRows, type FlowRows } from '../../core/flow/index.js';
import { parseJson, type JsonObject } from '../../core/shared/index.js';
import { type Column, decodeRow, microseconds, selectList } from '../columns.js';
import { ACTION_COLUMNS, EXECUTION_COLUMNS, TASK_COLUMNS, TIMER_COLUMNS } from '../row-columns.js';
import type { Viewer } from '../tenancy.js';
import { checkExists } from './pages.js';
import type { ReadPool } from './read-pool.js';
import { EXECUTIONS } from './execution-resources.js';

/** Heavy, and of no use for an explanation. */
const HEAVY: ReadonlySet<string> = new Set([
  'input',
  'output',
  'context',
  'published',
  'publishedGlobal',
  'items',
  'runInput',
]);
const OF_UNFINISHED_TASKS = `t.task_execution_id IN (SELECT id FROM task_executions
  WHERE execution_id = $1 AND state IN ('IDLE', 'WAITING', 'RUNNING', 'DELAYED', 'PAUSED'))`;

/** An action's own, or the one of the node that runs it. */
const LEASE_UNTIL = 'coalesce(t.lease_until, (SELECT n.lease_until FROM executor_nodes n WHERE n.name = t.claimed_by))';

const EXECUTION = asJson(light(EXECUTION_COLUMNS), 'workflow_executions t WHERE t.id = $1');
const TASKS = asJson(light(TASK_COLUMNS), 'task_executions t WHERE t.execution_id = $1 ORDER BY t.created_at, t.id');
const ACTIONS = asJson(
  light(ACTION_COLUMNS),
  `action_executions t WHERE ${OF_UNFINISHED_TASKS} ORDER BY t.created_at, t.id`,
  `t.claimed_by AS "claimedBy", ${microseconds('t.claimed_at')} AS "claimedAt",
    ${microseconds(LEASE_UNTIL)} AS "leaseUntil", t.attempts`,
);
const TIMERS = asJson(TIMER_COLUMNS, 'timers t WHERE t.execution_id = $1 ORDER BY t.due_at, t.id');
const CHILDREN = `SELECT row_to_json(x)::text FROM (
  SELECT t.id, t.task_execution_id AS "taskExecutionId", t.workflow_name AS "workflowName", t.state,
    t.state_info AS "stateInfo", t.accepted, coalesce(t.item_index, 0) AS index, coalesce(t.item_run, 0) AS run,
    ${microseconds('t.created_at')} AS "createdAt"
  FROM workflow_executions t WHERE t.parent_execution_id = $1 AND ${OF_UNFINISHED_TASKS}
  ORDER BY t.created_at, t.id) x`;
const SPEC = `SELECT s.spec FROM workflow_specs s JOIN workflow_executions e ON e.spec_id = s.id WHERE e.id = $1`;
const UNDELIVERED = `SELECT count(*)::text FROM outbox WHERE kind = 'tell' AND execution_id = $1`;

/** What each unfinished task of an execution waits for, as JSON. @throws {NotFoundError} */
export async function readWhy(pool: ReadPool, viewer: Viewer, id: string): Promise<string> {
  await checkExists(pool, EXECUTIONS, viewer, id);
  const cells = async (sql: string): Promise<readonly string[]> =>
    (await pool.rows(sql, [id])).flatMap(([cell]) => cell ?? []);
  const objects = async (sql: string): Promise<readonly object[]> =>
    (await cells(sql)).map((text) => JSON.parse(text) as object);
  const [executions, tasks, actions, timers, children, [spec = '{}'], [undelivered = '0']] = await Promise.all([
    objects(EXECUTION),
    objects(TASKS),
    objects(ACTIONS),
    objects(TIMERS),
    objects(CHILDREN),
    cells(SPEC),
    cells(UNDELIVERED),
  ]);
  const rows: FlowRows = {
    execution: decodeRow(EXECUTION_COLUMNS, executions[0] ?? {}),
    tasks: tasks.map((row) => decodeRow(TASK_COLUMNS, row)),
    actions: actions.map((row) => decodeRow(ACTION_COLUMNS, row)),
    timers: timers.map((row) => decodeRow(TIMER_COLUMNS, row)),
    children: children as FlowRows['children'],
  };
  const claims = new Map((actions as readonly (ActionClaim & { readonly id: string })[]).map((row) => [row.id, row]));
  const facts = { claims, undelivered: Number(undelivered) };
  return JSON.stringify(explainRows(rows, parseJson(spec, { allowNaN: true }) as JsonObject, facts));
}

function light(columns: readonly Column[]): readonly Column[] {
  return columns.filter(({ property }) => !HEAVY.has(property));
}

function asJson(columns: readonly Column[], from: string, more?: string): string {
  const list = [selectList(columns, 't'), ...(more === undefined ? [] : [more])].join(', ');
  return `SELECT row_to_json(x)::text FROM (SELECT ${list} FROM ${from}) x`;
}
