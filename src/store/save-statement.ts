import { type Column, recordShape, recordValue } from './columns.js';
import { ACTION_COLUMNS, EXECUTION_COLUMNS, TASK_COLUMNS, TIMER_COLUMNS } from './row-columns.js';
import type { Batch } from './save-batch.js';
import type { Statement } from './tx.js';

/** The write of one list of a batch; `$` stands for its parameter. */
interface Part {
  readonly key: keyof Batch;
  /** Distinguishes statements by the parts they have. */
  readonly letter: string;
  readonly sql: string;
}

const FLOW_VERSION: Column = { column: 'flow_version', property: 'flowVersion', kind: 'int', change: 'changes' };
const FINAL = `('SUCCESS', 'ERROR', 'CANCELLED')`;

const REPORT_SHAPE = 'reported_state text, reported_version integer';

const INSERT_EXECUTIONS = `INSERT INTO workflow_executions
  (${names(EXECUTION_COLUMNS)}, item_index, item_run, reported_state, reported_version, finished_at)
  SELECT ${values(EXECUTION_COLUMNS)}, u.item_index, u.item_run, u.reported_state, u.reported_version,
    CASE WHEN u.state IN ${FINAL} THEN to_timestamp(coalesce(u.updated_at, u.created_at) / 1000000.0::float8) END
  FROM json_to_recordset($::json) u(${recordShape(EXECUTION_COLUMNS)}, item_index integer, item_run integer, ${REPORT_SHAPE})`;

/** A row's own changes, or only what its parent says of it; a heavy column that was not sent keeps its stored form. */
const UPDATE_EXECUTIONS = `UPDATE workflow_executions t SET
  ${EXECUTION_COLUMNS.filter(({ change }) => change !== 'fixed')
    .map((column) => `${column.column} = ${executionValue(column)}`)
    .join(', ')},
  finished_at = CASE WHEN NOT u.own THEN t.finished_at
    WHEN u.state IN ${FINAL} THEN coalesce(t.finished_at, to_timestamp(u.updated_at / 1000000.0::float8), now()) END,
  accepted = coalesce(u.accepted, t.accepted),
  reported_state = coalesce(u.reported_state, t.reported_state),
  reported_version = coalesce(u.reported_version, t.reported_version)
  FROM json_to_recordset($::json) u(${recordShape(EXECUTION_COLUMNS)}, own boolean, ${REPORT_SHAPE})
  WHERE t.id = u.id`;

function executionValue(column: Column): string {
  const stored = `t.${column.column}`;
  if (column.change === 'kept') return `coalesce(${recordValue(column)}, ${stored})`;
  return `CASE WHEN u.own THEN ${recordValue(column)} ELSE ${stored} END`;
}

/** A claim ends when the action does, when others will finish it, or when it runs again. */
const UPDATE_ACTIONS = update('action_executions', [...ACTION_COLUMNS, FLOW_VERSION], {
  shape: ', released boolean',
  set: `, claimed_by = CASE WHEN NOT u.released THEN t.claimed_by END,
    is_lost = t.is_lost AND NOT u.released,
    lease_until = CASE WHEN NOT u.released AND u.state = 'RUNNING' AND u.dispatch = 'queued' THEN t.lease_until END`,
});

const PARTS: readonly Part[] = [
  { key: 'newExecutions', letter: 'E', sql: INSERT_EXECUTIONS },
  { key: 'executions', letter: 'e', sql: UPDATE_EXECUTIONS },
  {
    key: 'deletedChildren',
    letter: 'd',
    sql: `UPDATE deleted_children t SET state = u.state, state_info = u.state_info, accepted = u.accepted
      FROM json_to_recordset($::json) u(id text, state text, state_info text, accepted boolean) WHERE t.id = u.id`,
  },
  { key: 'newTasks', letter: 'T', sql: insert('task_executions', [...TASK_COLUMNS, FLOW_VERSION]) },
  { key: 'tasks', letter: 't', sql: update('task_executions', [...TASK_COLUMNS, FLOW_VERSION]) },
  { key: 'newActions', letter: 'A', sql: insert('action_executions', [...ACTION_COLUMNS, FLOW_VERSION]) },
  { key: 'actions', letter: 'a', sql: UPDATE_ACTIONS },
  {
    key: 'released',
    letter: 'r',
    sql: `UPDATE action_executions SET claimed_by = NULL, lease_until = NULL, is_lost = false WHERE id = ANY($::text[])`,
  },
  { key: 'timersSet', letter: 'W', sql: upsertTimers() },
  { key: 'timersGone', letter: 'w', sql: `DELETE FROM timers WHERE id = ANY($::text[])` },
  {
    key: 'outbox',
    letter: 'o',
    sql: `INSERT INTO outbox (kind, execution_id, root_execution_id, run_for, action_id, parent_execution_id,
        parent_task_id, payload)
      SELECT kind, execution_id, root_execution_id, coalesce(run_for, ''), action_id, parent_execution_id,
        parent_task_id, payload
      FROM json_to_recordset($::json) u(kind text, execution_id text, root_execution_id text, run_for text,
        action_id text, parent_execution_id text, parent_task_id text, payload text)`,
  },
  {
    key: 'journal',
    letter: 'j',
    sql: `INSERT INTO journal (execution_id, version, at, seed, events)
      SELECT execution_id, version, to_timestamp(at / 1000000.0::float8), seed, events
      FROM json_to_recordset($::json) u(execution_id text, version integer, at double precision, seed text, events text)`,
  },
];

const BY_LETTERS = new Map<string, Statement>();

/** One statement that writes everything of a batch, and its values; `undefined` when there is nothing to write. */
export function saveStatement(
  batch: Partial<Batch>,
): { readonly statement: Statement; readonly values: unknown[] } | undefined {
  const parts = PARTS.filter(({ key }) => (batch[key]?.length ?? 0) > 0);
  if (parts.length === 0) return undefined;
  const name = `save:${parts.map(({ letter }) => letter).join('')}`;
  const known = BY_LETTERS.get(name);
  const statement = known ?? { name, text: together(parts) };
  if (known === undefined) BY_LETTERS.set(name, statement);
  return { statement, values: parts.map((part) => parameterOf(part, batch[part.key] ?? [])) };
}

function together(parts: readonly Part[]): string {
  const steps = parts.map(({ key, sql }, i) => `"${key}" AS (${sql.replaceAll('$::', () => `$${i + 1}::`)})`);
  return `WITH ${steps.join(', ')} SELECT`;
}

function parameterOf({ sql }: Part, list: readonly unknown[]): unknown {
  return sql.includes('$::json') ? JSON.stringify(list) : list;
}

function insert(table: string, columns: readonly Column[]): string {
  return `INSERT INTO ${table} (${names(columns)}) SELECT ${values(columns)}
    FROM json_to_recordset($::json) u(${recordShape(columns)})`;
}

function update(table: string, columns: readonly Column[], more = { shape: '', set: '' }): string {
  const sets = columns
    .filter(({ change }) => change !== 'fixed')
    .map((column) => `${column.column} = ${newValue(column)}`);
  return `UPDATE ${table} t SET ${sets.join(', ')}${more.set}
    FROM json_to_recordset($::json) u(${recordShape(columns)}${more.shape}) WHERE t.id = u.id`;
}

function newValue(column: Column): string {
  return column.change === 'kept' ? `coalesce(${recordValue(column)}, t.${column.column})` : recordValue(column);
}

/** `retry_at` is when nodes look at the timer: first at its time. */
function upsertTimers(): string {
  const columns = [...TIMER_COLUMNS, FLOW_VERSION];
  const sets = columns.filter(({ change }) => change !== 'fixed').map(({ column }) => `${column} = excluded.${column}`);
  return `INSERT INTO timers (${names(columns)}, retry_at)
    SELECT ${values(columns)}, to_timestamp(u.due_at / 1000000.0::float8)
    FROM json_to_recordset($::json) u(${recordShape(columns)})
    ON CONFLICT (id) DO UPDATE SET ${sets.join(', ')}, retry_at = excluded.retry_at`;
}

function names(columns: readonly Column[]): string {
  return columns.map(({ column }) => column).join(', ');
}

function values(columns: readonly Column[]): string {
  return columns.map((column) => recordValue(column)).join(', ');
}
