import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns of whatever a project owns and may publish. Texts compare byte by byte (`COLLATE "C"`), as Python sorts them. */
const OWNED = `
  id          varchar(64)  COLLATE "C" PRIMARY KEY,
  project_id  varchar(80)  COLLATE "C" NOT NULL,
  scope       varchar(80)  COLLATE "C" NOT NULL DEFAULT 'private',
  created_at  timestamptz  NOT NULL DEFAULT clock_timestamp(),
  updated_at  timestamptz`;

const NAMED = `${OWNED},
  name        text COLLATE "C" NOT NULL,
  namespace   text COLLATE "C" NOT NULL DEFAULT ''`;

const TABLES = [
  `CREATE TABLE workflow_specs (
    id         varchar(64) COLLATE "C" PRIMARY KEY,
    spec       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp())`,
  `CREATE TABLE workflow_definitions (${NAMED},
    definition    text        NOT NULL,
    spec_id       varchar(64) COLLATE "C" NOT NULL REFERENCES workflow_specs (id),
    checksum      varchar(32) COLLATE "C",
    tags          text,
    workbook_name text COLLATE "C",
    input_text    text        NOT NULL DEFAULT '',
    interface     text        NOT NULL DEFAULT '{}',
    version       integer     NOT NULL DEFAULT 1,
    is_system     boolean     NOT NULL DEFAULT false,
    CONSTRAINT workflow_definitions_name UNIQUE (name, namespace, project_id))`,
  `CREATE TABLE action_definitions (${NAMED},
    definition    text    NOT NULL,
    spec          text    NOT NULL,
    input_text    text,
    description   text,
    tags          text,
    workbook_name text COLLATE "C",
    version       integer NOT NULL DEFAULT 1,
    is_system     boolean NOT NULL DEFAULT false,
    CONSTRAINT action_definitions_name UNIQUE (name, namespace, project_id))`,
  `CREATE TABLE workbooks (${NAMED},
    definition text    NOT NULL,
    tags       text,
    version    integer NOT NULL DEFAULT 1,
    CONSTRAINT workbooks_name UNIQUE (name, namespace, project_id))`,
  `CREATE TABLE environments (${OWNED},
    name        text COLLATE "C" NOT NULL,
    description text,
    variables   text NOT NULL DEFAULT '{}',
    CONSTRAINT environments_name UNIQUE (name, project_id))`,
  `CREATE TABLE code_sources (${NAMED},
    content text    NOT NULL,
    tags    text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT code_sources_name UNIQUE (name, namespace, project_id))`,
  `CREATE TABLE dynamic_actions (${NAMED},
    class_name       text COLLATE "C" NOT NULL,
    code_source_id   varchar(64)  COLLATE "C" NOT NULL REFERENCES code_sources (id) ON DELETE CASCADE,
    code_source_name text COLLATE "C" NOT NULL,
    CONSTRAINT dynamic_actions_name UNIQUE (name, namespace, project_id))`,
  `CREATE TABLE resource_members (
    id            varchar(64) COLLATE "C" PRIMARY KEY,
    resource_id   varchar(64) COLLATE "C" NOT NULL,
    resource_type varchar(50) COLLATE "C" NOT NULL DEFAULT 'workflow',
    project_id    varchar(80) COLLATE "C" NOT NULL,
    member_id     varchar(80) COLLATE "C" NOT NULL,
    status        varchar(20) COLLATE "C" NOT NULL DEFAULT 'pending',
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at    timestamptz,
    CONSTRAINT resource_members_member UNIQUE (resource_id, resource_type, member_id))`,
  `CREATE TABLE cron_triggers (${OWNED},
    name                 text COLLATE "C" NOT NULL,
    pattern              varchar(100) COLLATE "C" NOT NULL DEFAULT '0 0 30 2 0',
    first_execution_time timestamptz,
    next_execution_time  timestamptz  NOT NULL,
    remaining_executions integer,
    workflow_id          varchar(64)  COLLATE "C" NOT NULL REFERENCES workflow_definitions (id),
    workflow_name        text COLLATE "C" NOT NULL,
    workflow_input       text         NOT NULL DEFAULT '{}',
    workflow_input_hash  varchar(64)  COLLATE "C" NOT NULL,
    workflow_params      text         NOT NULL DEFAULT '{}',
    workflow_params_hash varchar(64)  COLLATE "C" NOT NULL,
    trust_id             varchar(80)  COLLATE "C",
    CONSTRAINT cron_triggers_name UNIQUE (name, project_id),
    CONSTRAINT cron_triggers_same UNIQUE (workflow_input_hash, workflow_name, pattern, project_id,
      workflow_params_hash, remaining_executions, first_execution_time))`,
  `CREATE TABLE event_triggers (${OWNED},
    name            text COLLATE "C",
    workflow_id     varchar(64)  COLLATE "C" NOT NULL REFERENCES workflow_definitions (id),
    workflow_input  text         NOT NULL DEFAULT '{}',
    workflow_params text         NOT NULL DEFAULT '{}',
    exchange        varchar(80)  COLLATE "C" NOT NULL,
    topic           varchar(80)  COLLATE "C" NOT NULL,
    event           varchar(80)  COLLATE "C" NOT NULL,
    trust_id        varchar(80)  COLLATE "C",
    CONSTRAINT event_triggers_same UNIQUE (exchange, topic, event, workflow_id, project_id))`,
  `CREATE TABLE settings (
    name  text COLLATE "C" PRIMARY KEY,
    value text NOT NULL)`,
];

/** Lists go by project or scope, and page by `(created_at, id)`; a trigger is found by its time or its workflow. */
const INDEXES = [
  ...['workflow_definitions', 'action_definitions', 'workbooks', 'environments', 'code_sources', 'dynamic_actions'].map(
    (table) => `CREATE INDEX ${table}_listed ON ${table} (project_id, created_at, id)`,
  ),
  `CREATE INDEX workflow_definitions_spec ON workflow_definitions (spec_id)`,
  `CREATE INDEX workflow_specs_age ON workflow_specs (created_at)`,
  `CREATE INDEX dynamic_actions_source ON dynamic_actions (code_source_id)`,
  `CREATE INDEX resource_members_shared ON resource_members (member_id, resource_type, status, resource_id)`,
  `CREATE INDEX cron_triggers_due ON cron_triggers (next_execution_time)`,
  `CREATE INDEX cron_triggers_workflow ON cron_triggers (workflow_id)`,
  `CREATE INDEX cron_triggers_listed ON cron_triggers (project_id, created_at, id)`,
  `CREATE INDEX event_triggers_workflow ON event_triggers (workflow_id)`,
  `CREATE INDEX event_triggers_listed ON event_triggers (project_id, created_at, id)`,
];

const WATCHED = [
  'workflow_definitions',
  'action_definitions',
  'workbooks',
  'environments',
  'code_sources',
  'dynamic_actions',
  'resource_members',
];

/**
 * The epoch counts writes to definitions. It moves BEFORE the statement, so that all writers queue on its row first and
 * never wait for each other in a circle.
 */
const EPOCH = [
  `CREATE TABLE definitions_epoch (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    n        bigint  NOT NULL) WITH (fillfactor = 50)`,
  `INSERT INTO definitions_epoch (n) VALUES (1)`,
  `CREATE FUNCTION bump_definitions_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE definitions_epoch SET n = n + 1;
      RETURN NULL;
    END $$`,
  ...WATCHED.map(
    (table) => `CREATE TRIGGER ${table}_epoch BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION bump_definitions_epoch()`,
  ),
];

/** What users define: workflows, actions, workbooks, environments, triggers, shares. */
export class Definitions1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...INDEXES, ...EPOCH]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE event_triggers, cron_triggers, resource_members, dynamic_actions, code_sources,
      environments, workbooks, action_definitions, workflow_definitions, workflow_specs, definitions_epoch, settings`);
    await runner.query('DROP FUNCTION bump_definitions_epoch()');
  }
}
