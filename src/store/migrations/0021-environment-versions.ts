import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts the changes of an environment, as of all other definitions. */
export class EnvironmentVersions1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE environments ADD COLUMN version integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE environments DROP COLUMN version');
  }
}
