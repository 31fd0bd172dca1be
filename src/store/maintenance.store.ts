import type { Queryable, Statement, Tx } from './tx.js';

/** `PAUSING`: no new work is taken, and what runs is coming to rest. */
export type MaintenanceState = 'RUNNING' | 'PAUSING' | 'PAUSED';

const NAME = 'maintenance';

const STATE: Statement = {
  name: 'maintenance:state',
  text: `SELECT value AS state FROM settings WHERE name = '${NAME}'`,
};
const LOCK: Statement = {
  name: 'maintenance:lock',
  text: `INSERT INTO settings AS s (name, value) VALUES ('${NAME}', 'RUNNING')
    ON CONFLICT (name) DO UPDATE SET value = s.value RETURNING value AS state`,
};
const SET: Statement = { name: 'maintenance:set', text: `UPDATE settings SET value = $1 WHERE name = '${NAME}'` };
const RUNNING: Statement = {
  name: 'maintenance:running',
  text: `SELECT id FROM workflow_executions WHERE state = 'RUNNING' ORDER BY created_at, id LIMIT $1`,
};
/** An execution that was told to pause and has not heard it yet is still RUNNING. */
const TO_RESUME: Statement = {
  name: 'maintenance:to-resume',
  text: `SELECT e.id FROM workflow_executions e WHERE e.state = 'PAUSED'
    UNION SELECT o.execution_id FROM outbox o WHERE o.kind = 'tell' AND o.payload LIKE '{"event": {"kind": "pause"%'`,
};
const IS_AT_REST: Statement = {
  name: 'maintenance:is-at-rest',
  text: `SELECT NOT EXISTS (SELECT FROM workflow_executions WHERE state = 'RUNNING')
    AND NOT EXISTS (SELECT FROM task_executions t JOIN workflow_executions e ON e.id = t.execution_id
      WHERE t.state = 'RUNNING' AND e.state = 'PAUSED') AS "isAtRest"`,
};

interface StateRow {
  readonly state: MaintenanceState;
}
interface IdRow {
  readonly id: string;
}

/** Whether the service takes work at all; one row says it to all processes. */
export class MaintenanceStore {
  async state(db: Queryable): Promise<MaintenanceState> {
    return (await db.rows<StateRow>(STATE))[0]?.state ?? 'RUNNING';
  }

  /** The state, which nobody else changes before the transaction ends. */
  async lock(tx: Tx): Promise<MaintenanceState> {
    return (await tx.rows<StateRow>(LOCK))[0]?.state ?? 'RUNNING';
  }

  async set(tx: Tx, state: MaintenanceState): Promise<void> {
    await tx.rows(SET, [state]);
  }

  /** Ids of executions that run, the oldest first. */
  async running(tx: Tx, limit: number): Promise<readonly string[]> {
    return (await tx.rows<IdRow>(RUNNING, [limit])).map(({ id }) => id);
  }

  /** Ids of executions that are paused, or about to be. */
  async toResume(tx: Tx): Promise<readonly string[]> {
    return (await tx.rows<IdRow>(TO_RESUME)).map(({ id }) => id);
  }

  /** No execution runs, and no task of a paused one. */
  async isAtRest(tx: Tx): Promise<boolean> {
    const [row] = await tx.rows<{ readonly isAtRest: boolean }>(IS_AT_REST);
    return row?.isAtRest === true;
  }
}
