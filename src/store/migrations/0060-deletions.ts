import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  // Executions that are as good as gone; what is left of them goes in pieces, the deepest first.
  `CREATE TABLE deletions (
    execution_id varchar(64) COLLATE "C" PRIMARY KEY REFERENCES workflow_executions (id) ON DELETE CASCADE,
    depth        integer     NOT NULL)`,
  'CREATE INDEX deletions_deepest ON deletions (depth)',
  // What the task of a deleted sub-workflow execution has to know of it for ever: that it was started.
  `CREATE TABLE deleted_children (
    id                  varchar(64) COLLATE "C" PRIMARY KEY,
    parent_execution_id varchar(64) COLLATE "C" NOT NULL REFERENCES workflow_executions (id) ON DELETE CASCADE,
    task_execution_id   varchar(64) COLLATE "C" NOT NULL,
    workflow_name       text        COLLATE "C" NOT NULL,
    state               varchar(20) COLLATE "C" NOT NULL,
    state_info          text        COLLATE "C",
    accepted            boolean     NOT NULL,
    item_index          integer,
    item_run            integer,
    created_at          timestamptz NOT NULL)`,
  'CREATE INDEX deleted_children_parent ON deleted_children (parent_execution_id)',
];

/** Those of the rows without a wake-up that are not being deleted. */
export function exceptDeleted(rows: string): string {
  return `SELECT w.* FROM (${rows}) w
    WHERE NOT EXISTS (SELECT FROM deletions)
      OR NOT EXISTS (SELECT FROM workflow_executions x JOIN deletions d ON d.execution_id IN (x.id, x.root_execution_id)
        WHERE x.id = w.execution_id)`;
}

/** Deletion of large trees in pieces. What is being deleted needs no wake-up. */
export class Deletions1764000000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
    const [view] = (await runner.query(`SELECT pg_get_viewdef('rows_without_wakeup') AS sql`)) as { sql: string }[];
    const all = (view?.sql ?? '').replace(/;\s*$/, '');
    await runner.query(`CREATE OR REPLACE VIEW rows_without_wakeup AS ${exceptDeleted(all)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM workflow_executions WHERE id IN (SELECT execution_id FROM deletions)');
    await runner.query('DROP TABLE deletions, deleted_children CASCADE');
  }
}
