import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trees of sub-workflow executions: how deep each one is, and to which tree each message belongs. */
const STATEMENTS = [
  'ALTER TABLE workflow_executions ADD depth integer NOT NULL DEFAULT 0',
  'ALTER TABLE outbox ADD root_execution_id varchar(64) COLLATE "C"',
  `UPDATE outbox o SET root_execution_id = coalesce(
      (SELECT coalesce(p.root_execution_id, p.id) FROM workflow_executions p WHERE p.id = o.parent_execution_id),
      (SELECT e.root_execution_id FROM workflow_executions e WHERE e.id = o.execution_id), o.execution_id)
    WHERE kind = 'tell'`,
  `CREATE INDEX outbox_trees ON outbox (root_execution_id, id) WHERE kind = 'tell'`,
];

/** Executions that exist already count as roots: only what they start is deeper. */
export class ExecutionTrees1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox DROP root_execution_id');
    await runner.query('ALTER TABLE workflow_executions DROP depth');
  }
}
