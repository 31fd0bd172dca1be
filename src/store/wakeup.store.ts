import type { Database } from './database.js';
import type { Statement } from './tx.js';

/** A row in a state that is not final, which nothing will ever change. */
export interface RowWithoutWakeup {
  readonly kind: 'execution' | 'task' | 'action';
  readonly id: string;
  /** Null for an action that was run on its own. */
  readonly executionId: string | null;
  /** What is missing, e.g. `no timer`. */
  readonly why: string;
}

const STUCK: Statement = {
  name: 'wakeups:missing',
  text: 'SELECT kind, id, execution_id AS "executionId", why FROM rows_without_wakeup LIMIT $1',
};

/** The promise that nothing is stuck, as something that can be asked. */
export class WakeupStore {
  constructor(private readonly database: Database) {}

  /** Always empty, unless there is a bug; a sweep of the executions named repairs them. */
  async rowsWithoutWakeup(limit = 1000): Promise<readonly RowWithoutWakeup[]> {
    return await this.database.rows<RowWithoutWakeup>(STUCK, [limit]);
  }
}
