import type { Database } from './database.js';

/** A row in a state that is not final, which nothing will ever change. */
export interface RowWithoutWakeup {
  readonly kind: 'execution' | 'task' | 'action';
  readonly id: string;
  /** Null for an action that was run on its own. */
  readonly executionId: string | null;
  /** What is missing, e.g. `no timer`. */
  readonly why: string;
}

const STUCK = 'SELECT kind, id, execution_id AS "executionId", why FROM rows_without_wakeup LIMIT $1';

/** The promise that nothing is stuck, as something that can be asked. */
export class WakeupStore {
  constructor(private readonly database: Database) {}

  /** Always empty, unless there is a bug; a sweep of the executions named repairs them. */
  async rowsWithoutWakeup(limit = 1000): Promise<readonly RowWithoutWakeup[]> {
    // Not as a hot statement: over many rows, this one is better off with hashes than with indexes.
    return await this.database.repeat(() => this.database.dataSource.query<RowWithoutWakeup[]>(STUCK, [limit]));
  }

  /** Puts queued actions that nobody has before an executor, or has their loss reported when one had them. */
  async wakeActions(actionIds: readonly string[]): Promise<void> {
    if (actionIds.length > 0) await this.database.rows(WAKE_ACTIONS, [actionIds]);
  }

  /** Ids of sub-workflow executions of these tasks that have ended without their parent knowing. */
  async endedUntold(taskIds: readonly string[]): Promise<readonly string[]> {
    if (taskIds.length === 0) return [];
    return (await this.database.rows<{ id: string }>(ENDED_UNTOLD, [taskIds])).map(({ id }) => id);
  }

  /** Drops what is told to executions that are gone. @returns how many */
  async dropOrphans(olderThanSeconds: number): Promise<number> {
    return (await this.database.rows(DROP_ORPHANS, [olderThanSeconds])).length;
  }
}
