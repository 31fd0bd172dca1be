import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE workflow_executions (
    id                  varchar(64)  COLLATE "C" PRIMARY KEY,
    version             integer      NOT NULL,
    project_id          varchar(80)  COLLATE "C" NOT NULL,
    workflow_id         varchar(64)  COLLATE "C",
    workflow_name       text         COLLATE "C" NOT NULL,
    workflow_namespace  text         COLLATE "C" NOT NULL,
    spec_id             varchar(64)  COLLATE "C" NOT NULL,
    description         text         COLLATE "C",
    tags                text         COLLATE "C",
    params              text         COLLATE "C" NOT NULL,
    input               text         COLLATE "C" NOT NULL,
    output              text         COLLATE "C" NOT NULL,
    context             text         COLLATE "C" NOT NULL,
    state               varchar(20)  COLLATE "C" NOT NULL,
    state_info          text         COLLATE "C",
    task_execution_id   varchar(64)  COLLATE "C",
    parent_execution_id varchar(64)  COLLATE "C" REFERENCES workflow_executions (id) ON DELETE CASCADE,
    root_execution_id   varchar(64)  COLLATE "C" REFERENCES workflow_executions (id) ON DELETE SET NULL,
    runtime_context     text         COLLATE "C" NOT NULL,
    accepted            boolean      NOT NULL,
    created_at          timestamptz  NOT NULL,
    updated_at          timestamptz,
    finished_at         timestamptz,
    item_index          integer,
    item_run            integer,
    reported_state      varchar(20)  COLLATE "C",
    reported_version    integer) WITH (fillfactor = 60)`,
  `CREATE TABLE task_executions (
    id                 varchar(64)  COLLATE "C" PRIMARY KEY,
    execution_id       varchar(64)  COLLATE "C" NOT NULL REFERENCES workflow_executions (id) ON DELETE CASCADE,
    flow_version       integer      NOT NULL,
    project_id         varchar(80)  COLLATE "C" NOT NULL,
    workflow_name      text         COLLATE "C" NOT NULL,
    workflow_namespace text         COLLATE "C" NOT NULL,
    workflow_id        varchar(64)  COLLATE "C",
    name               text         COLLATE "C" NOT NULL,
    type               varchar(10)  COLLATE "C" NOT NULL,
    state              varchar(20)  COLLATE "C" NOT NULL,
    state_info         text         COLLATE "C",
    tags               text         COLLATE "C",
    runtime_context    text         COLLATE "C" NOT NULL,
    published          text         COLLATE "C",
    published_global   text         COLLATE "C",
    processed          boolean      NOT NULL,
    next_tasks         text         COLLATE "C",
    has_next_tasks     boolean      NOT NULL,
    error_handled      boolean      NOT NULL,
    items              text         COLLATE "C",
    run                integer      NOT NULL,
    created_at         timestamptz  NOT NULL,
    updated_at         timestamptz,
    started_at         timestamptz,
    finished_at        timestamptz) WITH (fillfactor = 85)`,
  `CREATE TABLE action_executions (
    id                 varchar(64)  COLLATE "C" PRIMARY KEY,
    task_execution_id  varchar(64)  COLLATE "C",
    execution_id       varchar(64)  COLLATE "C" REFERENCES workflow_executions (id) ON DELETE CASCADE,
    flow_version       integer      NOT NULL,
    project_id         varchar(80)  COLLATE "C" NOT NULL,
    workflow_name      text         COLLATE "C",
    workflow_namespace text         COLLATE "C",
    name               text         COLLATE "C" NOT NULL,
    description        text         COLLATE "C",
    tags               text         COLLATE "C",
    state              varchar(20)  COLLATE "C" NOT NULL,
    state_info         text         COLLATE "C",
    accepted           boolean      NOT NULL,
    input              text         COLLATE "C" NOT NULL,
    output             text         COLLATE "C" NOT NULL,
    item_index         integer      NOT NULL,
    run                integer      NOT NULL,
    dispatch           varchar(10)  COLLATE "C" NOT NULL,
    is_sync            boolean      NOT NULL,
    safe_rerun         boolean      NOT NULL,
    target             text         COLLATE "C",
    timeout_seconds    double precision,
    run_name           text         COLLATE "C" NOT NULL,
    run_input          text         COLLATE "C",
    created_at         timestamptz  NOT NULL,
    updated_at         timestamptz,
    claimed_by         text         COLLATE "C",
    claimed_at         timestamptz,
    lease_until        timestamptz,
    last_heartbeat     timestamptz,
    is_lost            boolean      NOT NULL DEFAULT false,
    attempts           integer      NOT NULL DEFAULT 0) WITH (fillfactor = 85)`,
  `CREATE TABLE timers (
    id                varchar(64) COLLATE "C" PRIMARY KEY,
    execution_id      varchar(64) COLLATE "C" NOT NULL REFERENCES workflow_executions (id) ON DELETE CASCADE,
    flow_version      integer     NOT NULL,
    task_execution_id varchar(64) COLLATE "C" NOT NULL,
    kind              varchar(20) COLLATE "C" NOT NULL,
    due_at            timestamptz NOT NULL,
    retry_at          timestamptz NOT NULL,
    payload           text        COLLATE "C" NOT NULL)`,
  `CREATE TABLE outbox (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind                varchar(10) COLLATE "C" NOT NULL CHECK (kind IN ('run', 'tell', 'notify')),
    execution_id        varchar(64) COLLATE "C",
    action_id           varchar(64) COLLATE "C",
    parent_execution_id varchar(64) COLLATE "C",
    parent_task_id      varchar(64) COLLATE "C",
    payload             text        COLLATE "C" NOT NULL DEFAULT '{}',
    created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts            integer     NOT NULL DEFAULT 0)`,
  `CREATE TABLE journal (
    execution_id varchar(64) COLLATE "C" NOT NULL REFERENCES workflow_executions (id) ON DELETE CASCADE,
    version      integer     NOT NULL,
    at           timestamptz NOT NULL,
    seed         varchar(64) COLLATE "C" NOT NULL,
    events       text        COLLATE "C" NOT NULL,
    PRIMARY KEY (execution_id, version))`,
];

/**
 * An execution's row changes with every transaction, so `version`, `context` and `updated_at` are in no index: such an
 * update stays within its page (HOT). `finished_at` serves expiry instead of `updated_at`. Rows that ended well are left out
 * of the indexes by state, which so stay small.
 */
const EXECUTION_INDEXES = [
  `CREATE INDEX workflow_executions_listed ON workflow_executions (created_at, id)`,
  `CREATE INDEX workflow_executions_project ON workflow_executions (project_id, created_at, id)`,
  `CREATE INDEX workflow_executions_state ON workflow_executions (state, created_at, id) WHERE state <> 'SUCCESS'`,
  `CREATE INDEX workflow_executions_name ON workflow_executions (workflow_name, created_at, id)`,
  `CREATE INDEX workflow_executions_workflow ON workflow_executions (workflow_id, created_at, id)`,
  `CREATE INDEX workflow_executions_children ON workflow_executions (parent_execution_id, reported_version)
    WHERE parent_execution_id IS NOT NULL`,
  `CREATE INDEX workflow_executions_task ON workflow_executions (task_execution_id, created_at, id)
    WHERE task_execution_id IS NOT NULL`,
  `CREATE INDEX workflow_executions_below ON workflow_executions (root_execution_id, created_at, id)
    WHERE root_execution_id IS NOT NULL`,
  `CREATE INDEX workflow_executions_finished ON workflow_executions (finished_at)
    WHERE finished_at IS NOT NULL AND parent_execution_id IS NULL`,
];

/** `flow_version` finds what changed since a cached version; claims and heartbeats touch no indexed column. */
const ROW_INDEXES = [
  `CREATE INDEX task_executions_listed ON task_executions (created_at, id)`,
  `CREATE INDEX task_executions_project ON task_executions (project_id, created_at, id)`,
  `CREATE INDEX task_executions_state ON task_executions (state, created_at, id) WHERE state <> 'SUCCESS'`,
  `CREATE INDEX task_executions_execution ON task_executions (execution_id, created_at, id)`,
  `CREATE INDEX task_executions_changed ON task_executions (execution_id, flow_version)`,
  `CREATE INDEX action_executions_listed ON action_executions (created_at, id)`,
  `CREATE INDEX action_executions_project ON action_executions (project_id, created_at, id)`,
  `CREATE INDEX action_executions_state ON action_executions (state, created_at, id) WHERE state <> 'SUCCESS'`,
  `CREATE INDEX action_executions_task ON action_executions (task_execution_id, created_at, id)`,
  `CREATE INDEX action_executions_changed ON action_executions (execution_id, flow_version)`,
  `CREATE INDEX action_executions_queued ON action_executions (id) WHERE state = 'RUNNING' AND dispatch = 'queued'`,
  `CREATE INDEX timers_due ON timers (retry_at)`,
  `CREATE INDEX timers_execution ON timers (execution_id)`,
  `CREATE INDEX outbox_runs ON outbox (id) WHERE kind = 'run'`,
  `CREATE INDEX outbox_actions ON outbox (action_id) WHERE kind = 'run'`,
  `CREATE INDEX outbox_tells ON outbox (execution_id, id) WHERE kind = 'tell'`,
  `CREATE INDEX outbox_notifications ON outbox (id) WHERE kind = 'notify'`,
  `CREATE INDEX outbox_notifications_before ON outbox (execution_id, id) WHERE kind = 'notify'`,
  `CREATE INDEX outbox_starts ON outbox (parent_execution_id) WHERE parent_execution_id IS NOT NULL`,
];

/** Tables whose rows live for moments are vacuumed after a number of dead rows, not after a share of the table. */
const VACUUM = [
  ...['outbox', 'timers'].map(
    (table) => `ALTER TABLE ${table} SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
      autovacuum_vacuum_cost_delay = 0)`,
  ),
];

/** What runs: executions, their tasks and actions, timers, the outbox, the journal. */
export class Executions1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...EXECUTION_INDEXES, ...ROW_INDEXES, ...VACUUM]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE journal, outbox, timers, action_executions, task_executions, workflow_executions');
  }
}
