import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Timers of a whole execution, for its timeout: they belong to no task. */
export class WorkflowTimeouts1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE timers ALTER COLUMN task_execution_id DROP NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM timers WHERE task_execution_id IS NULL');
    await runner.query('ALTER TABLE timers ALTER COLUMN task_execution_id SET NOT NULL');
  }
}
