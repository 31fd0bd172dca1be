import type { JsonObject } from '../core/shared/index.js';
import { columnsOf, decodeRow, selectList } from './columns.js';
import { DefinitionTable, type ProjectRow } from './definition-table.js';
import { type Owned, type Viewer, visibleTo } from './tenancy.js';
import type { Queryable, Statement, Tx } from './tx.js';

/** Starts a workflow at each event of a sort. */
export interface EventTriggerRow extends ProjectRow {
  readonly name: string | null;
  readonly workflowId: string;
  readonly workflowInput: JsonObject;
  readonly workflowParams: JsonObject;
  readonly exchange: string;
  readonly topic: string;
  readonly event: string;
}

const COLUMNS = columnsOf<EventTriggerRow>({
  id: ['text'],
  projectId: ['text'],
  scope: ['text', 'changes'],
  name: ['text', 'changes'],
  workflowId: ['text', 'changes'],
  workflowInput: ['json', 'changes'],
  workflowParams: ['json', 'changes'],
  exchange: ['text'],
  topic: ['text'],
  event: ['text'],
  createdAt: ['instant'],
  updatedAt: ['instant', 'changes'],
});
const TABLE = {
  table: 'event_triggers',
  model: 'EventTrigger',
  columns: COLUMNS,
  key: ['exchange', 'topic', 'event', 'workflow_id', 'project_id'],
  sharing: 'public',
  isOpenToAdmins: true,
} as const;

const LISTENING: Statement = {
  name: 'event_triggers:listening',
  text: `SELECT ${selectList(COLUMNS, 't')} FROM event_triggers t
    WHERE t.exchange = $1 AND t.topic = $2 AND t.event = $3
      AND ($4::text IS NULL OR ${visibleTo('t', '$4', 'public')})
    ORDER BY t.created_at, t.id`,
};

/** Event triggers, and which of them an event concerns. */
export class EventTriggerStore {
  readonly #table = new DefinitionTable<EventTriggerRow>(TABLE);

  async find(db: Queryable, viewer: Viewer, id: string): Promise<EventTriggerRow | undefined> {
    return await this.#table.find(db, viewer, id, { by: 'id' });
  }

  /** @throws {ConflictError} when the project starts the workflow at these events already */
  async create(tx: Tx, row: EventTriggerRow): Promise<void> {
    await this.#table.insert(tx, [row]);
  }

  /**
   * @returns false when it is gone
   * @throws {ConflictError} as `create`
   */
  async update(tx: Tx, row: Owned<EventTriggerRow>): Promise<boolean> {
    return (await this.#table.update(tx, [row])).length > 0;
  }

  async delete(tx: Tx, row: Owned<EventTriggerRow>): Promise<boolean> {
    return await this.#table.delete(tx, row);
  }

  /**
   * Triggers that an event concerns, the oldest first.
   * @param projectId  whose event it is: its own triggers and public ones count; undefined: those of all projects
   */
  async listening(
    db: Queryable,
    { exchange, topic, event }: Pick<EventTriggerRow, 'exchange' | 'topic' | 'event'>,
    projectId?: string,
  ): Promise<readonly EventTriggerRow[]> {
    const rows = await db.rows(LISTENING, [exchange, topic, event, projectId ?? null]);
    return rows.map((row) => decodeRow<EventTriggerRow>(COLUMNS, row));
  }
}
