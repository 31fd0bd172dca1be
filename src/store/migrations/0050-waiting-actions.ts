import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TOLD, WAKEUPS_OF_ACTIONS, wakeupView } from './0003-wakeups.js';

/** Actions that nothing will end, since some only wait. */
export const WAITING_ACTIONS = `
  SELECT 'action' AS kind, a.id, a.execution_id,
    CASE a.dispatch
      WHEN 'queued' THEN 'neither a run row in the outbox nor a lease'
      WHEN 'timer' THEN 'no timer'
      ELSE 'no event on its way to the execution' END AS why
  FROM action_executions a LEFT JOIN workflow_executions e ON e.id = a.execution_id
  WHERE a.state = 'RUNNING' AND coalesce(e.state, 'RUNNING') NOT IN ('SUCCESS', 'ERROR', 'CANCELLED')
    AND CASE a.dispatch
      WHEN 'external' THEN false
      WHEN 'timer' THEN NOT EXISTS (SELECT FROM timers w WHERE w.id = a.id)
      WHEN 'queued' THEN a.lease_until IS NULL
        AND NOT EXISTS (SELECT FROM outbox o WHERE o.kind = 'run' AND o.action_id = a.id)
      ELSE NOT ${TOLD} END`;

/** Actions that only wait are ended by the timer that has their id, also those that belong to no execution. */
export class WaitingActions1764000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE timers ALTER COLUMN execution_id DROP NOT NULL');
    await runner.query(wakeupView(WAITING_ACTIONS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(wakeupView(WAKEUPS_OF_ACTIONS));
    await runner.query(`UPDATE action_executions SET dispatch = 'queued' WHERE dispatch = 'timer'`);
    await runner.query(`DELETE FROM timers WHERE kind = 'action'`);
    await runner.query('ALTER TABLE timers ALTER COLUMN execution_id SET NOT NULL');
  }
}
