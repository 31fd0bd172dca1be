import type { Instant } from '../core/flow/index.js';
import { microseconds } from './columns.js';
import type { Database } from './database.js';
import type { Statement } from './tx.js';

export interface DueTimer {
  readonly timerId: string;
  /** Null: of an action on its own, whose id the timer has. */
  readonly executionId: string | null;
}

const DUE: Statement = {
  name: 'timers:due',
  text: `WITH picked AS MATERIALIZED (SELECT id FROM timers WHERE retry_at <= to_timestamp($2 / 1000000.0::float8)
      ORDER BY retry_at LIMIT $1 FOR UPDATE SKIP LOCKED)
    UPDATE timers t SET retry_at = to_timestamp($2 / 1000000.0::float8) + $3 * interval '1 second'
    FROM picked p WHERE t.id = p.id RETURNING t.id AS "timerId", t.execution_id AS "executionId",
      ${microseconds('t.due_at')} AS "dueAt"`,
};
const NEXT: Statement = {
  name: 'timers:next',
  text: `SELECT ${microseconds('retry_at')} AS at FROM timers ORDER BY retry_at LIMIT 1`,
};

/** Waits, retries and timeouts. Who takes a due timer sends its event; the transaction of the event deletes the row. */
export class TimerStore {
  constructor(private readonly database: Database) {}

  /**
   * Timers whose time has come, the earliest first. Other nodes leave them alone for `holdSeconds`; one whose event was
   * not handled by then comes again.
   */
  async dueTimers(limit: number, now: Instant, holdSeconds = 5): Promise<readonly DueTimer[]> {
    const rows = await this.database.rows<DueTimer & { readonly dueAt: number }>(DUE, [limit, now, holdSeconds]);
    const sorted = rows.sort((a, b) => a.dueAt - b.dueAt);
    return sorted.map(({ timerId, executionId }) => ({ timerId, executionId }));
  }

  /** When to look next; `undefined` when nothing waits. */
  async nextTimerAt(): Promise<Instant | undefined> {
    const [row] = await this.database.rows<{ at: number }>(NEXT);
    return row?.at;
  }
}
