import { parseJson, type JsonObject } from '../core/shared/index.js';
import type { FlowEvent, StartRequest } from '../core/flow/index.js';
import type { Database } from './database.js';
import { startRecord, tellRecord } from './save-batch.js';
import { saveStatement } from './save-statement.js';
import type { Statement, Tx } from './tx.js';

/** An execution for which something waits. */
export interface Target {
  readonly executionId: string;
  readonly rootId: string;
}

/** One notification to send; `attempts` counts this one. */
export interface Notification {
  readonly id: number;
  readonly executionId: string;
  readonly publisher: JsonObject;
  readonly payload: JsonObject;
  readonly attempts: number;
}

const MOST_TREES = 50;
/** From each of some trees its oldest, so that one with very many does not keep the others waiting. */
const TARGETS: Statement = {
  name: 'outbox:targets',
  text: `WITH RECURSIVE trees (root, n) AS (
      (SELECT root_execution_id, 1 FROM outbox WHERE kind = 'tell' AND root_execution_id > $3
        ORDER BY root_execution_id LIMIT 1)
      UNION ALL SELECT (SELECT o.root_execution_id FROM outbox o WHERE o.kind = 'tell' AND o.root_execution_id > t.root
        ORDER BY o.root_execution_id LIMIT 1), t.n + 1 FROM trees t WHERE t.root IS NOT NULL AND t.n < ${MOST_TREES}),
    targets AS (SELECT t.root, o.execution_id, min(o.id) AS first,
        row_number() OVER (PARTITION BY t.root ORDER BY min(o.id)) AS turn
      FROM trees t CROSS JOIN LATERAL (SELECT execution_id, id, created_at FROM outbox
        WHERE kind = 'tell' AND root_execution_id = t.root ORDER BY id LIMIT $2) o
      WHERE o.created_at <= clock_timestamp() - $1 * interval '1 millisecond'
      GROUP BY t.root, o.execution_id)
    SELECT execution_id AS "executionId", root AS "rootId" FROM targets ORDER BY turn, first LIMIT $2`,
};

/** One node picks at a time, so that an execution's notifications never overtake each other. */
const NOTIFY_TURN: Statement = {
  name: 'outbox:notify-turn',
  text: `SELECT pg_advisory_xact_lock(hashtext('tramontane:notifications'))`,
};
const TAKE_NOTIFICATIONS: Statement = {
  name: 'outbox:take-notifications',
  text: `WITH picked AS MATERIALIZED (
      SELECT id FROM outbox o
      WHERE kind = 'notify' AND due_at <= clock_timestamp() AND NOT EXISTS (SELECT FROM outbox b
        WHERE b.kind = 'notify' AND b.execution_id = o.execution_id AND b.id < o.id AND b.due_at > clock_timestamp())
      ORDER BY id LIMIT $1)
    UPDATE outbox o SET due_at = clock_timestamp() + $2 * interval '1 second', attempts = attempts + 1
    FROM picked p WHERE o.id = p.id
    RETURNING o.id::float8 AS id, o.execution_id AS "executionId", o.payload, o.attempts`,
};
const DROP: Statement = { name: 'outbox:drop', text: 'DELETE FROM outbox WHERE id = ANY($1::bigint[])' };
const POSTPONE: Statement = {
  name: 'outbox:postpone',
  text: `UPDATE outbox SET due_at = clock_timestamp() + $2 * interval '1 second',
      attempts = attempts - (id = ANY($3::bigint[]))::int
    WHERE id = ANY($1::bigint[])`,
};

/** What waits to be told, started or sent. Whatever is put here survives a crash. */
export class OutboxStore {
  constructor(private readonly database: Database) {}

  /** Puts an event before an execution; with `tx` it counts when that commits, otherwise at once. */
  async tell(executionId: string, event: FlowEvent, tx?: Tx): Promise<void> {
    await this.#put([tellRecord(executionId, event)], tx);
  }

  /** Puts several events down in one statement, in order. */
  async tellAll(list: readonly { readonly executionId: string; readonly event: FlowEvent }[], tx?: Tx): Promise<void> {
    await this.#put(
      list.map(({ executionId, event }) => tellRecord(executionId, event)),
      tx,
    );
  }

  /** Accepts the start of an execution, which begins when its id is handled. */
  async start(request: StartRequest, tx?: Tx): Promise<void> {
    await this.#put([startRecord(request)], tx);
  }

  /**
   * Executions (also those that a start will create) that were told something at least so long ago and have not taken it:
   * of each tree the first told, then the second ones, and so on.
   * @param afterRoot  looks at trees whose root's id follows this text; of very many trees only the first ones are seen
   */
  async targetsWithTells(olderThanMs: number, limit: number, afterRoot = ''): Promise<readonly Target[]> {
    return await this.database.rows<Target>(TARGETS, [olderThanMs, limit, afterRoot]);
  }

  /**
   * Notifications to send now, in order per execution. They are this node's for `holdSeconds`; those not dropped by then
   * are given out again. After a failure, postpone the failed one and the later ones of its execution.
   */
  async takeNotifications(limit: number, holdSeconds = 30): Promise<readonly Notification[]> {
    const rows = await this.database.transaction(async (tx) => {
      const [, taken] = await Promise.all([
        tx.rows(NOTIFY_TURN),
        tx.rowsThenCommit<NotificationText>(TAKE_NOTIFICATIONS, [limit, holdSeconds]),
      ]);
      return taken;
    });
    return rows.sort((a, b) => a.id - b.id).map(toNotification);
  }

  async dropNotifications(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.database.rows(DROP, [ids]);
  }

  /** @param untried  those of them that were taken and not sent: it was no attempt */
  async postponeNotifications(
    ids: readonly number[],
    delaySeconds: number,
    untried: readonly number[] = [],
  ): Promise<void> {
    if (ids.length > 0) await this.database.rows(POSTPONE, [ids, delaySeconds, untried]);
  }

  async #put(outbox: readonly object[], tx: Tx | undefined): Promise<void> {
    const save = saveStatement({ outbox });
    if (save === undefined) return;
    await (tx ?? this.database).rows(save.statement, save.values);
  }
}

interface NotificationText {
  readonly id: number;
  readonly executionId: string;
  readonly payload: string;
  readonly attempts: number;
}

function toNotification({ id, executionId, payload, attempts }: NotificationText): Notification {
  const content = parseJson(payload, { allowNaN: true }) as unknown as Pick<Notification, 'publisher' | 'payload'>;
  return { id, executionId, ...content, attempts };
}
