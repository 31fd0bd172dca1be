import type { Instant } from '../core/flow/index.js';
import { ConflictError, type JsonObject } from '../core/shared/index.js';
import { columnsOf, decodeRow, microseconds, selectList } from './columns.js';
import { DefinitionTable, type OwnedRow } from './definition-table.js';
import { duplicateOf } from './errors.js';
import { type Owned, ownedByService, type Viewer } from './tenancy.js';
import type { Queryable, Statement, Tx } from './tx.js';

/** Starts a workflow again and again; instants are microseconds since 1970. */
export interface CronTriggerRow extends OwnedRow {
  readonly pattern: string;
  readonly firstExecutionTime: Instant | null;
  readonly nextExecutionTime: Instant;
  /** Null: without an end. */
  readonly remainingExecutions: number | null;
  readonly workflowId: string;
  readonly workflowName: string;
  readonly workflowInput: JsonObject;
  readonly workflowInputHash: string;
  readonly workflowParams: JsonObject;
  readonly workflowParamsHash: string;
}

const COLUMNS = columnsOf<CronTriggerRow>({
  id: ['text'],
  projectId: ['text'],
  scope: ['text'],
  name: ['text'],
  pattern: ['text'],
  firstExecutionTime: ['instant'],
  nextExecutionTime: ['instant'],
  remainingExecutions: ['int'],
  workflowId: ['text'],
  workflowName: ['text'],
  workflowInput: ['json'],
  workflowInputHash: ['text'],
  workflowParams: ['json'],
  workflowParamsHash: ['text'],
  createdAt: ['instant'],
  updatedAt: ['instant'],
});
const TABLE = {
  table: 'cron_triggers',
  model: 'CronTrigger',
  columns: COLUMNS,
  key: ['name', 'project_id'],
  sharing: 'public',
  isOpenToAdmins: true,
} as const;
const SAME = 'cron_triggers_same';
const SAME_TEXT =
  "Duplicate entry for CronTrigger ['workflow_input', 'workflow_name', 'pattern', 'project_id', 'workflow_params', " +
  "'remaining_executions', 'first_execution_time']";

const instant = (parameter: string): string => `to_timestamp(${parameter} / 1000000.0::float8)`;
/** During maintenance nothing is due. */
const IS_OPEN = `NOT EXISTS (SELECT FROM settings WHERE name = 'maintenance' AND value <> 'RUNNING')`;
/** Of triggers with the same plan the one with fewer executions left goes first, so that they never count alike. */
const DUE: Statement = {
  name: 'cron_triggers:due',
  text: `SELECT id FROM cron_triggers WHERE next_execution_time <= ${instant('$1')} AND ${IS_OPEN}
    ORDER BY next_execution_time, remaining_executions LIMIT $2`,
};
const TAKE: Statement = {
  name: 'cron_triggers:take',
  text: `SELECT ${selectList(COLUMNS, 't')} FROM cron_triggers t
    WHERE t.id = $1 AND t.next_execution_time <= ${instant('$2')} FOR UPDATE SKIP LOCKED`,
};
const ADVANCE: Statement = {
  name: 'cron_triggers:advance',
  text: `UPDATE cron_triggers SET next_execution_time = ${instant('$2')}, remaining_executions = $3,
    updated_at = clock_timestamp() WHERE id = $1`,
};
const NEXT: Statement = {
  name: 'cron_triggers:next',
  text: `SELECT ${microseconds('next_execution_time')} AS at FROM cron_triggers WHERE ${IS_OPEN}
    ORDER BY next_execution_time LIMIT 1`,
};

/** Cron triggers, and the ticks of their clocks. */
export class CronTriggerStore {
  readonly #table = new DefinitionTable<CronTriggerRow>(TABLE);

  /** By id or name; the viewer's own come first. */
  async find(db: Queryable, viewer: Viewer, identifier: string): Promise<CronTriggerRow | undefined> {
    return await this.#table.find(db, viewer, identifier);
  }

  /** @throws {ConflictError} when the name is taken, or another trigger does the same at the same times */
  async create(tx: Tx, row: CronTriggerRow): Promise<void> {
    try {
      await this.#table.insert(tx, [row]);
    } catch (error) {
      if (duplicateOf(error) !== SAME) throw error;
      throw new ConflictError(`${SAME_TEXT}: ${row.name}`, { cause: error });
    }
  }

  async delete(tx: Tx, row: Owned<CronTriggerRow>): Promise<boolean> {
    return await this.#table.delete(tx, row);
  }

  /** Ids of triggers whose time has come, the earliest first. */
  async due(db: Queryable, now: Instant, limit: number): Promise<readonly string[]> {
    return (await db.rows<{ id: string }>(DUE, [now, limit])).map(({ id }) => id);
  }

  /**
   * Takes a trigger for this transaction.
   * @returns undefined when another node has it or its time has not come any more
   */
  async take(tx: Tx, id: string, now: Instant): Promise<Owned<CronTriggerRow> | undefined> {
    const [row] = await tx.rows(TAKE, [id, now]);
    return row === undefined ? undefined : ownedByService(decodeRow<CronTriggerRow>(COLUMNS, row));
  }

  async advance(tx: Tx, id: string, nextExecutionTime: Instant, remainingExecutions: number | null): Promise<void> {
    await tx.rows(ADVANCE, [id, nextExecutionTime, remainingExecutions]);
  }

  /** When the next one is due; undefined without any. */
  async nextAt(db: Queryable): Promise<Instant | undefined> {
    return (await db.rows<{ at: number }>(NEXT))[0]?.at;
  }
}
