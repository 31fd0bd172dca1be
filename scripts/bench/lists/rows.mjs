import { statement } from './database.mjs';

export const EXECUTIONS = 250_000;
/** Four tasks for each execution, an action for each task. */
export const TASKS = EXECUTIONS * 4;

/** One execution in five belongs to another project. */
const PROJECT = `CASE WHEN e % 5 = 4 THEN 'other-project' ELSE '<default-project>' END`;
/** 94% ended well, as in a service that is used; the last are still under way. */
const STATE = `CASE WHEN e > ${EXECUTIONS - 200} THEN 'RUNNING' WHEN e % 25 = 0 THEN 'ERROR' WHEN e % 100 = 7 THEN 'CANCELLED'
  WHEN e % 1000 = 13 THEN 'PAUSED' ELSE 'SUCCESS' END`;
/** Forty workflows share nearly all executions; one has run 50 times. */
const WORKFLOW = `CASE WHEN e % 5000 = 0 THEN 'seldom' ELSE 'workflow_' || e % 40 END`;
/** One execution every 30 seconds, its tasks 100 ms apart. */
const AT = `timestamptz '2026-01-01 00:00:00+00' + e * interval '30 seconds'`;
const TASK_AT = `${AT} + n * interval '100 milliseconds'`;
const id = (kind, number) => `lpad(to_hex(${number}), 8, '0') || '-0000-4000-8000-00000000000${kind}'`;
const SPREAD = `(e::bigint * 2654435761 % 4294967296)`;
const TASK_NUMBER = `((e * 4 + n)::bigint * 2654435761 % 4294967296)`;
const JSON_TEXT = `'{"host": "node-' || e % 977 || '.example.org", "image": "cirros-0.6", "size": ' || e % 64 || '}'`;

const INSERT_EXECUTIONS = `INSERT INTO workflow_executions (id, version, project_id, workflow_id, workflow_name,
    workflow_namespace, spec_id, description, params, input, output, context, state, runtime_context, accepted, created_at,
    updated_at, finished_at)
  SELECT ${id(1, SPREAD)}, 5, ${PROJECT}, ${id(4, 'e % 40')}, ${WORKFLOW}, '', 'spec', '',
    '{"namespace": "", "env": {}}', ${JSON_TEXT}, ${JSON_TEXT}, '{}', ${STATE}, '{}', true, ${AT},
    ${AT} + interval '2 seconds', ${AT} + interval '2 seconds'
  FROM generate_series(1, ${EXECUTIONS}) e`;

const INSERT_TASKS = `INSERT INTO task_executions (id, execution_id, flow_version, project_id, workflow_name,
    workflow_namespace, workflow_id, name, type, state, runtime_context, published, processed, has_next_tasks,
    error_handled, run, created_at, updated_at, started_at, finished_at)
  SELECT ${id(2, TASK_NUMBER)}, ${id(1, SPREAD)}, n, ${PROJECT}, ${WORKFLOW}, '', ${id(4, 'e % 40')}, 'task_' || n,
    'ACTION', CASE WHEN n = 4 THEN ${STATE} ELSE 'SUCCESS' END,
    '{"triggered_by": [{"task_id": "' || ${id(2, TASK_NUMBER)} || '", "event": "on-success"}]}', ${JSON_TEXT}, true,
    n < 4, false, 1, ${TASK_AT}, ${TASK_AT}, ${TASK_AT}, ${TASK_AT}
  FROM generate_series(1, ${EXECUTIONS}) e, generate_series(1, 4) n`;

const INSERT_ACTIONS = `INSERT INTO action_executions (id, task_execution_id, execution_id, flow_version, project_id,
    workflow_name, workflow_namespace, name, state, accepted, input, output, item_index, run, dispatch, is_sync,
    safe_rerun, run_name, created_at, updated_at)
  SELECT ${id(3, TASK_NUMBER)}, ${id(2, TASK_NUMBER)}, ${id(1, SPREAD)}, n, ${PROJECT}, ${WORKFLOW}, '', 'std.echo',
    CASE WHEN n = 4 AND ${STATE} = 'ERROR' THEN 'ERROR' ELSE 'SUCCESS' END, true, ${JSON_TEXT}, ${JSON_TEXT}, 0, 1,
    'inline', true, false, 'std.echo', ${TASK_AT}, ${TASK_AT}
  FROM generate_series(1, ${EXECUTIONS}) e, generate_series(1, 4) n`;

/** Fills the empty tables, as a year of use would. */
export async function makeRows(url) {
  // The triggers that check references compare row by row; what is made here refers to what is there.
  const withoutChecks = [INSERT_EXECUTIONS, INSERT_TASKS, INSERT_ACTIONS];
  await statement(url, `SET session_replication_role = replica`, ...withoutChecks);
  await statement(url, 'VACUUM ANALYZE workflow_executions, task_executions, action_executions');
}
