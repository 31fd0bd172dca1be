import type { Queryable, Statement, Tx } from './tx.js';

/** With the number of a session, the advisory lock that its process holds as long as it lives. */
export const SESSION_LOCK = 7_236_003;
/** Older ones are forgotten. */
const COUNT_FOR_HOURS = 24;

/** The lock of a living session can't be had. */
const DEATHS: Statement = {
  name: 'suspects:deaths',
  text: `WITH marks AS MATERIALIZED (SELECT session FROM fatal_decisions
      WHERE execution_id = $1 AND at > clock_timestamp() - interval '${COUNT_FOR_HOURS} hours')
    SELECT count(*)::int AS deaths FROM marks WHERE pg_try_advisory_xact_lock(${SESSION_LOCK}, session)`,
};
const FOUND: Statement = {
  name: 'suspects:found',
  text: `WITH old AS (DELETE FROM fatal_decisions WHERE at < clock_timestamp() - interval '${COUNT_FOR_HOURS} hours')
    SELECT f.execution_id AS id FROM fatal_decisions f JOIN workflow_executions e ON e.id = f.execution_id
    WHERE e.state IN ('IDLE', 'RUNNING') GROUP BY f.execution_id HAVING count(*) > 1`,
};
const FORGET: Statement = { name: 'suspects:forget', text: 'DELETE FROM fatal_decisions WHERE execution_id = $1' };
const SET_ASIDE: Statement = {
  name: 'suspects:set-aside',
  text: `UPDATE workflow_executions SET state = 'PAUSED', state_info = $2, version = version + 1, updated_at = now()
    WHERE id = $1 AND state IN ('IDLE', 'RUNNING') RETURNING id`,
};

/** Executions that kill the processes which decide on them. */
export class SuspectStore {
  /** How many processes died lately while they decided on the execution. */
  async deaths(tx: Tx, executionId: string): Promise<number> {
    return (await tx.rows<{ deaths: number }>(DEATHS, [executionId]))[0]?.deaths ?? 0;
  }

  /** Executions that run although processes may have died of them more than once. */
  async found(db: Queryable): Promise<readonly string[]> {
    return (await db.rows<{ id: string }>(FOUND)).map(({ id }) => id);
  }

  async forget(tx: Tx, executionId: string): Promise<void> {
    await tx.rows(FORGET, [executionId]);
  }

  /** PAUSED without a decision, which nobody would survive. @returns whether it was running */
  async setAside(tx: Tx, executionId: string, info: string): Promise<boolean> {
    return (await tx.rows(SET_ASIDE, [executionId, info])).length > 0;
  }
}
