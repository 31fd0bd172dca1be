import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `CREATE TABLE workflow_definition_versions (
  workflow_id varchar(64) COLLATE "C" NOT NULL REFERENCES workflow_definitions (id) ON DELETE CASCADE,
  version     integer     NOT NULL,
  name        text        COLLATE "C" NOT NULL,
  definition  text        NOT NULL,
  spec_id     varchar(64) COLLATE "C" NOT NULL REFERENCES workflow_specs (id),
  checksum    varchar(32) COLLATE "C" NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (workflow_id, version))`;

/** What is there already is the first version of each. */
const FIRST = `INSERT INTO workflow_definition_versions (workflow_id, version, name, definition, spec_id, checksum, created_at)
  SELECT id, 1, name, definition, spec_id, md5(definition), coalesce(updated_at, created_at) FROM workflow_definitions`;

/** In the database, so that no way of writing a definition forgets it. The row is locked, so numbers have no gaps. */
const KEEPING = [
  `CREATE FUNCTION keep_workflow_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO workflow_definition_versions (workflow_id, version, name, definition, spec_id, checksum)
        SELECT NEW.id, coalesce(max(v.version), 0) + 1, NEW.name, NEW.definition, NEW.spec_id, md5(NEW.definition)
        FROM workflow_definition_versions v WHERE v.workflow_id = NEW.id;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER workflow_definitions_first_version AFTER INSERT ON workflow_definitions
    FOR EACH ROW EXECUTE FUNCTION keep_workflow_version()`,
  `CREATE TRIGGER workflow_definitions_next_version AFTER UPDATE ON workflow_definitions
    FOR EACH ROW WHEN ((OLD.definition, OLD.spec_id) IS DISTINCT FROM (NEW.definition, NEW.spec_id))
    EXECUTE FUNCTION keep_workflow_version()`,
];

/** Keeps every text that a workflow has had. */
export class WorkflowVersions1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TABLE, FIRST, ...KEEPING]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER workflow_definitions_next_version ON workflow_definitions');
    await runner.query('DROP TRIGGER workflow_definitions_first_version ON workflow_definitions');
    await runner.query('DROP FUNCTION keep_workflow_version()');
    await runner.query('DROP TABLE workflow_definition_versions');
  }
}
