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

const STUCK = 'SELECT kind, id, execution_id AS "executionId", why FROM rows_without_wakeup LIMIT $1';

/**
 * One without a claim was never started; one that a node has claimed of which nobody knows is given up as if its lease had
 * just ended. One on its own that has lost its timer goes to an executor.
 */
const WAKE_ACTIONS: Statement = {
  name: 'wakeups:actions',
  text: `WITH picked AS MATERIALIZED (SELECT id, execution_id, project_id, claimed_by
      FROM action_executions a
      WHERE a.id = ANY($1::text[]) AND a.state = 'RUNNING' AND a.lease_until IS NULL
        AND NOT EXISTS (SELECT FROM executor_nodes n WHERE n.name = a.claimed_by)
        AND (a.dispatch = 'queued' OR (a.dispatch = 'timer' AND a.execution_id IS NULL))
        AND NOT EXISTS (SELECT FROM outbox o WHERE o.kind = 'run' AND o.action_id = a.id)
      FOR UPDATE),
    ended AS (UPDATE action_executions a SET lease_until = now() FROM picked p
      WHERE a.id = p.id AND p.claimed_by IS NOT NULL),
    queued AS (UPDATE action_executions a SET dispatch = 'queued' FROM picked p
      WHERE a.id = p.id AND a.dispatch = 'timer')
    INSERT INTO outbox (kind, execution_id, action_id, run_for, root_execution_id)
      SELECT 'run', p.execution_id, p.id, p.project_id,
        (SELECT coalesce(e.root_execution_id, e.id) FROM workflow_executions e WHERE e.id = p.execution_id)
      FROM picked p WHERE p.claimed_by IS NULL`,
};
const ENDED_UNTOLD: Statement = {
  name: 'wakeups:ended-untold',
  text: `SELECT id FROM workflow_executions WHERE task_execution_id = ANY($1::text[])
    AND state IN ('SUCCESS', 'ERROR', 'CANCELLED')
    AND coalesce(reported_state, 'RUNNING') NOT IN ('SUCCESS', 'ERROR', 'CANCELLED')`,
};
/** Events for an execution that is neither there nor about to be started, and starts below a parent that is gone. */
const DROP_ORPHANS: Statement = {
  name: 'wakeups:drop-orphans',
  text: `DELETE FROM outbox o WHERE kind = 'tell' AND created_at < clock_timestamp() - $1 * interval '1 second'
      AND NOT EXISTS (SELECT FROM workflow_executions e WHERE e.id = o.execution_id)
      AND CASE
        WHEN o.parent_execution_id IS NOT NULL
          THEN NOT EXISTS (SELECT FROM workflow_executions p WHERE p.id = o.parent_execution_id)
        ELSE o.payload LIKE '{"event"%' AND NOT EXISTS (SELECT FROM outbox s
          WHERE s.kind = 'tell' AND s.execution_id = o.execution_id AND s.payload LIKE '{"start"%') END
    RETURNING o.id`,
};

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
