import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs that wait are found by project and root execution, so that each of these has its turn. */
const STATEMENTS = [
  `ALTER TABLE outbox ADD run_for varchar(80) COLLATE "C" NOT NULL DEFAULT ''`,
  `UPDATE outbox o SET run_for = a.project_id,
      root_execution_id = (SELECT coalesce(e.root_execution_id, e.id) FROM workflow_executions e WHERE e.id = a.execution_id)
    FROM action_executions a WHERE o.kind = 'run' AND a.id = o.action_id`,
  `CREATE INDEX outbox_turns ON outbox (run_for, coalesce(root_execution_id, ''), id) WHERE kind = 'run'`,
];

/** Rows that a node of an earlier version adds meanwhile count as those of one more project. */
export class FairTurns1764000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX outbox_turns');
    await runner.query('ALTER TABLE outbox DROP run_for');
  }
}
