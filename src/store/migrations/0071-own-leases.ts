import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Only claims that are given up, or of nodes of an earlier version, have leases of their own. */
const INDEX = `CREATE INDEX CONCURRENTLY action_executions_own_leases ON action_executions (lease_until)
  WHERE lease_until IS NOT NULL`;
/** What an attempt that was cut off has left. */
const DROP = 'DROP INDEX CONCURRENTLY IF EXISTS action_executions_own_leases';

/** Leases that end are found without a look at all that is queued; the table is written meanwhile. */
export class OwnLeases1764000000071 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [DROP, INDEX]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX action_executions_own_leases');
  }
}
