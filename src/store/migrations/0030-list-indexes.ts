import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Without it, a page of tasks of a workflow that has seldom run reads through those of all others. It does without the id
 * and so is less than half as large as the other indexes of lists: instants are distinct, so nothing much is left to sort.
 */
const INDEX = 'CREATE INDEX CONCURRENTLY task_executions_name ON task_executions (workflow_name, created_at)';
/** What an attempt that was cut off has left. */
const DROP = 'DROP INDEX CONCURRENTLY IF EXISTS task_executions_name';

/** Keeps a page of tasks quick, however many there are; the table is written meanwhile. */
export class ListIndexes1764000000030 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [DROP, INDEX]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX task_executions_name');
  }
}
