import type { MigrationInterface, QueryRunner } from 'typeorm';
import { withoutWakeup } from './0003-wakeups.js';
import { WAITING_ACTIONS } from './0050-waiting-actions.js';
import { exceptDeleted } from './0060-deletions.js';

/** Processes that run actions: until when they are surely there. Their claims last as long as they do. */
const TABLE = `CREATE TABLE executor_nodes (
  name        text        COLLATE "C" PRIMARY KEY,
  renewed_at  timestamptz NOT NULL,
  lease_until timestamptz NOT NULL)
  WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200)`;

const OWN_LEASE = 'a.lease_until IS NULL';
const EITHER_LEASE = `${OWN_LEASE} AND NOT EXISTS (SELECT FROM executor_nodes n WHERE n.name = a.claimed_by)`;

/**
 * One lease for all that a node has claimed. Claims that nodes of an earlier version make or have made keep leases of
 * their own.
 */
export class ExecutorNodes1764000000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(view(WAITING_ACTIONS.replace(OWN_LEASE, EITHER_LEASE)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(view(WAITING_ACTIONS));
    await runner.query(`UPDATE action_executions SET lease_until = now()
      WHERE claimed_by IS NOT NULL AND lease_until IS NULL AND state = 'RUNNING' AND dispatch = 'queued'`);
    await runner.query('DROP TABLE executor_nodes');
  }
}

function view(actions: string): string {
  return `CREATE OR REPLACE VIEW rows_without_wakeup AS ${exceptDeleted(withoutWakeup(actions))}`;
}
