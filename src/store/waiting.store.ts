import type { Instant } from '../core/flow/index.js';
import { microseconds } from './columns.js';
import type { Database } from './database.js';
import type { Statement } from './tx.js';

/** What there is to do for the scheduler; instants are microseconds since 1970. */
export interface Waiting {
  /** When the next timer is due. */
  readonly timerAt: Instant | null;
  /** When the next cron trigger is due; null also during maintenance. */
  readonly cronAt: Instant | null;
  readonly hasTells: boolean;
  readonly hasNotifications: boolean;
  readonly hasDeletions: boolean;
  readonly isInMaintenance: boolean;
}

const MAINTENANCE = `SELECT FROM settings WHERE name = 'maintenance' AND value <> 'RUNNING'`;
const WAITING: Statement = {
  name: 'waiting:all',
  text: `SELECT
    (SELECT ${microseconds('retry_at')} FROM timers ORDER BY retry_at LIMIT 1) AS "timerAt",
    (SELECT ${microseconds('next_execution_time')} FROM cron_triggers WHERE NOT EXISTS (${MAINTENANCE})
      ORDER BY next_execution_time LIMIT 1) AS "cronAt",
    EXISTS (SELECT FROM outbox WHERE kind = 'tell') AS "hasTells",
    EXISTS (SELECT FROM outbox WHERE kind = 'notify' AND due_at <= clock_timestamp()) AS "hasNotifications",
    EXISTS (SELECT FROM deletions) AS "hasDeletions",
    EXISTS (${MAINTENANCE}) AS "isInMaintenance"`,
};
const NOTHING: Waiting = {
  timerAt: null,
  cronAt: null,
  hasTells: false,
  hasNotifications: false,
  hasDeletions: false,
  isInMaintenance: false,
};

/** Sees with one statement for which of its duties the scheduler is needed. */
export class WaitingStore {
  constructor(private readonly database: Database) {}

  async look(): Promise<Waiting> {
    const [waiting] = await this.database.rows<Waiting>(WAITING);
    return waiting ?? NOTHING;
  }
}
