import { parseJson } from '../core/shared/index.js';
import type {
  ActionRow,
  ChildRow,
  ExecutionRow,
  FlowEvent,
  StartRequest,
  TaskRow,
  TimerRow,
} from '../core/flow/index.js';
import { type Column, decodeRow, microseconds, selectList } from './columns.js';
import { duplicateOf, ExecutionExistsError } from './errors.js';
import { ACTION_COLUMNS, EXECUTION_COLUMNS, TASK_COLUMNS, TIMER_COLUMNS } from './row-columns.js';
import { type ChangesToSave, toBatch } from './save-batch.js';
import { saveStatement } from './save-statement.js';
import type { Statement, Tx } from './tx.js';

/** `version` of the locked execution, and how many writes to definitions there have been: keys of caches. */
export interface Locked {
  readonly version: number;
  readonly epoch: number;
  /** It or the root of its tree is being deleted: nobody decides on it any more. */
  readonly isDeleted: boolean;
  /** Processes that may have died while they decided on it. */
  readonly deaths: number;
}

/** The rows of one execution, each list by time of creation. */
export interface LoadedRows {
  readonly execution: ExecutionRow;
  readonly tasks: readonly TaskRow[];
  readonly actions: readonly ActionRow[];
  /** With the state that the parent has been told; RUNNING before. Includes starts that still wait in the outbox. */
  readonly children: readonly ChildRow[];
  /** All timers of the execution, also when only later rows were asked for. */
  readonly timers: readonly TimerRow[];
}

/** What was waiting for an execution: an event, or the request that creates it. */
export type Told =
  { readonly kind: 'event'; readonly event: FlowEvent } | { readonly kind: 'start'; readonly request: StartRequest };

const LOCK: Statement = {
  name: 'execution:lock',
  text: `SELECT e.version, (SELECT n::float8 FROM definitions_epoch) AS epoch,
      EXISTS (SELECT FROM deletions d WHERE d.execution_id IN (e.id, e.root_execution_id)) AS "isDeleted",
      (SELECT count(*)::int FROM fatal_decisions f WHERE f.execution_id = e.id) AS deaths
    FROM workflow_executions e WHERE e.id = $1 FOR NO KEY UPDATE OF e`,
};
const EPOCH: Statement = { name: 'definitions:epoch', text: 'SELECT n::float8 AS epoch FROM definitions_epoch' };
const CANCEL_OF: Statement = {
  name: 'execution:cancel-of',
  text: `SELECT state_info AS message FROM workflow_executions WHERE id = ANY($1) AND state = 'CANCELLED' LIMIT 1`,
};
/** So many events are taken at once, so that a transaction has an end; there may be thousands of sub-workflows. */
const MOST_TOLD = 100;
const TAKE_TELLS: Statement = {
  name: 'outbox:take-tells',
  text: `DELETE FROM outbox WHERE id = ANY(ARRAY(
      SELECT id FROM outbox WHERE kind = 'tell' AND execution_id = $1 ORDER BY id LIMIT ${String(MOST_TOLD)}))
    RETURNING id::float8 AS id, payload`,
};
const LOAD_EXECUTION: Statement = {
  name: 'execution:load',
  text: `SELECT ${selectList(EXECUTION_COLUMNS, 't')} FROM workflow_executions t WHERE t.id = $1`,
};
const LOAD_TASKS = rowsSince('task_executions', TASK_COLUMNS);
const LOAD_ACTIONS = rowsSince('action_executions', ACTION_COLUMNS);
const LOAD_TIMERS: Statement = {
  name: 'timers:load',
  text: `SELECT ${selectList(TIMER_COLUMNS, 't')} FROM timers t WHERE t.execution_id = $1 ORDER BY t.due_at, t.id`,
};
const IS_TOLD_FINAL = `c.reported_state IN ('SUCCESS', 'ERROR', 'CANCELLED')`;
const LOAD_CHILDREN: Statement = {
  name: 'children:load',
  text: `SELECT c.id, c.task_execution_id AS "taskExecutionId", c.workflow_name AS "workflowName",
      coalesce(c.reported_state, 'RUNNING') AS state,
      CASE WHEN ${IS_TOLD_FINAL} THEN c.state_info END AS "stateInfo",
      CASE WHEN ${IS_TOLD_FINAL} THEN c.output END AS output,
      c.accepted, coalesce(c.item_index, 0) AS index, coalesce(c.item_run, 0) AS run,
      ${microseconds('c.created_at')} AS "createdAt"
    FROM workflow_executions c
    WHERE c.parent_execution_id = $1 AND (c.reported_version > $2 OR c.reported_version IS NULL)
    ORDER BY c.created_at, c.id`,
};
const LOAD_STARTS: Statement = {
  name: 'children:load-starts',
  text: `SELECT payload, ${microseconds('created_at')} AS "createdAt" FROM outbox
    WHERE parent_execution_id = $1 ORDER BY id`,
};
const LOAD_DELETED_CHILDREN: Statement = {
  name: 'children:load-deleted',
  text: `SELECT id, task_execution_id AS "taskExecutionId", workflow_name AS "workflowName", state, state_info AS "stateInfo",
      NULL AS output, accepted, coalesce(item_index, 0) AS index, coalesce(item_run, 0) AS run,
      ${microseconds('created_at')} AS "createdAt", true AS "isDeleted"
    FROM deleted_children WHERE parent_execution_id = $1 ORDER BY created_at, id`,
};
const ARE_DELETED: Statement = {
  name: 'execution:are-deleted',
  text: 'SELECT FROM deletions WHERE execution_id = ANY($1::text[]) LIMIT 1',
};

/** Either may be found first when an execution is inserted again. */
const EXISTING: ReadonlySet<string> = new Set(['workflow_executions_pkey', 'journal_pkey']);

/** Reads and writes of the loop: everything about one execution, a set of rows at a time. */
export class ExecutionStore {
  /**
   * Locks the execution until the end of the transaction; nothing else writes it or rows below it meanwhile. Sub-workflows
   * may be created below a locked execution.
   * @returns `undefined` when there is no such execution
   */
  async lock(tx: Tx, executionId: string): Promise<Locked | undefined> {
    const [locked] = await tx.rows<Locked>(LOCK, [executionId]);
    return locked;
  }

  /** Whether one of these is being deleted, with all below it. */
  async areDeleted(tx: Tx, executionIds: readonly string[]): Promise<boolean> {
    return (await tx.rows(ARE_DELETED, [executionIds])).length > 0;
  }

  /** The cancel of one of these, which holds for all below it; its message may be null. */
  async cancelOf(tx: Tx, executionIds: readonly string[]): Promise<{ readonly message: string | null } | undefined> {
    const [row] = await tx.rows<{ message: string | null }>(CANCEL_OF, [executionIds]);
    return row;
  }

  /** The epoch of definitions, for a transaction that has no execution to lock yet. */
  async epoch(tx: Tx): Promise<number> {
    const [row] = await tx.rows<{ epoch: number }>(EPOCH);
    return row?.epoch ?? 0;
  }

  /**
   * @param sinceVersion  only tasks, actions and children written after this version of the execution; children that
   *   have told nothing yet always come
   */
  async load(tx: Tx, executionId: string, sinceVersion = -1): Promise<LoadedRows | undefined> {
    const since = [executionId, sinceVersion];
    const [executions, tasks, actions, timers, starts, children, deleted] = await Promise.all([
      tx.rows(LOAD_EXECUTION, [executionId]),
      tx.rows(LOAD_TASKS, since),
      tx.rows(LOAD_ACTIONS, since),
      tx.rows(LOAD_TIMERS, [executionId]),
      // Before the children: a start that another transaction carries out between the two reads is seen twice, not never.
      tx.rows<StartText>(LOAD_STARTS, [executionId]),
      tx.rows<ChildText>(LOAD_CHILDREN, since),
      tx.rows<ChildText>(LOAD_DELETED_CHILDREN, [executionId]),
    ]);
    const [execution] = executions;
    if (execution === undefined) return undefined;
    return {
      execution: decodeRow(EXECUTION_COLUMNS, execution),
      tasks: tasks.map((row) => decodeRow<TaskRow>(TASK_COLUMNS, row)),
      actions: actions.map((row) => decodeRow<ActionRow>(ACTION_COLUMNS, row)),
      timers: timers.map((row) => decodeRow<TimerRow>(TIMER_COLUMNS, row)),
      children: childrenOf(children, starts, deleted),
    };
  }

  /**
   * Takes what has been told to the execution, oldest first; it is gone when the transaction commits.
   * @returns with `hasMore` when it may not be all
   */
  async takeTells(tx: Tx, executionId: string): Promise<{ readonly told: readonly Told[]; readonly hasMore: boolean }> {
    const rows = await tx.rows<{ id: number; payload: string }>(TAKE_TELLS, [executionId]);
    const told = rows.sort((a, b) => a.id - b.id).map(({ payload }) => toTold(payload));
    return { told, hasMore: rows.length === MOST_TOLD };
  }

  /**
   * Writes all changes in one statement. Several entries for one execution are merged; the last form of a row wins.
   * @param commit  ends the transaction in the same round trip
   * @throws {ExecutionExistsError} when a new execution's id is taken
   */
  async save(tx: Tx, changes: readonly ChangesToSave[], { commit = false } = {}): Promise<void> {
    const save = saveStatement(toBatch(changes));
    if (save === undefined) return;
    const { statement, values } = save;
    try {
      await (commit ? tx.rowsThenCommit(statement, values) : tx.rows(statement, values));
    } catch (error) {
      const ids = changes.filter(({ execution }) => execution.isNew).map(({ execution }) => execution.row.id);
      if (ids.length === 0 || !EXISTING.has(duplicateOf(error) ?? '')) throw error;
      throw new ExecutionExistsError(`Execution exists already: ${ids.join(', ')}`, { cause: error });
    }
  }
}

type ChildText = Omit<ChildRow, 'output'> & { readonly output: string | null };
interface StartText {
  readonly payload: string;
  readonly createdAt: number;
}

function childrenOf(
  rows: readonly ChildText[],
  starts: readonly StartText[],
  deleted: readonly ChildText[],
): ChildRow[] {
  const gone = new Set(deleted.map(({ id }) => id));
  const stored = [...rows.filter(({ id }) => !gone.has(id)), ...deleted];
  const children = stored.map((row) => ({ ...row, output: row.output === null ? null : parse(row.output) }));
  const known = new Set(children.map(({ id }) => id));
  const waiting = starts.map(toWaitingChild).filter((child) => child !== undefined);
  return [...children, ...waiting.filter(({ id }) => !known.has(id))];
}

function toWaitingChild({ payload, createdAt }: StartText): ChildRow | undefined {
  const told = toTold(payload);
  if (told.kind !== 'start' || told.request.parent === undefined) return undefined;
  const { id, workflow, parent } = told.request;
  const { taskExecutionId, index, run } = parent;
  const nothingYet = { state: 'RUNNING', stateInfo: null, output: null, accepted: true } as const;
  return { id, taskExecutionId, workflowName: workflow.name, ...nothingYet, index, run, createdAt };
}

function toTold(payload: string): Told {
  const told = parse(payload) as unknown as { readonly event?: FlowEvent; readonly start: StartRequest };
  return told.event === undefined ? { kind: 'start', request: told.start } : { kind: 'event', event: told.event };
}

function parse(text: string) {
  return parseJson(text, { allowNaN: true });
}

function rowsSince(table: string, columns: readonly Column[]): Statement {
  return {
    name: `${table}:load`,
    text: `SELECT ${selectList(columns, 't')} FROM ${table} t
      WHERE t.execution_id = $1 AND t.flow_version > $2 ORDER BY t.created_at, t.id`,
  };
}
