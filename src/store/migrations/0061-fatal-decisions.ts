import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Decisions that take suspiciously long while they do, each with the session of its process, which holds an advisory lock
 * as long as it lives. What a dead session has left here is a decision that its process did not survive. The execution
 * need not exist yet.
 */
const TABLE = `CREATE TABLE fatal_decisions (
  execution_id varchar(64) COLLATE "C" NOT NULL,
  session      integer     NOT NULL,
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (execution_id, session))`;

/** How an execution is found that kills the processes which decide on it. */
export class FatalDecisions1764000000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fatal_decisions');
  }
}
