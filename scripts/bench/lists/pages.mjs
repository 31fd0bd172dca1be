import { statement } from './database.mjs';

const DEEP = 0.9;
const WHEN = '2026-02-20 10:00:00';
const ADMIN = { 'x-roles': 'admin' };
const NEWEST = 'sort_keys=created_at&sort_dirs=desc';

/**
 * The pages that are measured: what is listed, with which parameters, by whom. Markers are rows nine tenths of the way
 * through what the page lists.
 */
export async function pagesOf(url) {
  const one = async (sql) => (await statement(url, sql))[0].id;
  const deep = (table, condition, rows, direction = '') =>
    one(`SELECT id FROM ${table} WHERE project_id = '<default-project>' AND ${condition}
      ORDER BY created_at ${direction}, id OFFSET ${Math.round(rows * DEEP)} LIMIT 1`);
  const execution = await deep('workflow_executions', 'true', 200_000);
  const task = await deep('task_executions', 'true', 800_000);
  return [
    ...forms('tasks', {
      all: task,
      newest: await deep('task_executions', 'true', 800_000, 'DESC'),
      failed: await deep('task_executions', `state = 'ERROR'`, 8000),
      named: await deep('task_executions', `workflow_name = 'workflow_3'`, 20_000),
    }),
    { list: 'tasks', query: `workflow_execution_id=${execution}` },
    { list: 'tasks', query: `workflow_name=seldom&state=ERROR` },
    ...forms('executions', {
      all: execution,
      newest: await deep('workflow_executions', 'true', 200_000, 'DESC'),
      failed: await deep('workflow_executions', `state = 'ERROR'`, 8000),
      named: await deep('workflow_executions', `workflow_name = 'workflow_3'`, 5000),
    }),
    { list: 'executions', query: 'nulls=root_execution_id' },
    { list: 'executions', query: 'include_output=true' },
    { list: 'action_executions', query: '' },
    { list: 'action_executions', query: NEWEST },
    { list: 'action_executions', query: 'state=ERROR' },
    { list: 'action_executions', query: `task_execution_id=${task}` },
  ];
}

function forms(list, markers) {
  const queries = [
    '',
    NEWEST,
    `marker=${markers.all}`,
    `${NEWEST}&marker=${markers.newest}`,
    'state=SUCCESS',
    'state=RUNNING',
    'state=ERROR',
    `state=ERROR&marker=${markers.failed}`,
    `state=RUNNING&${NEWEST}`,
    'workflow_name=workflow_3',
    `workflow_name=workflow_3&marker=${markers.named}`,
    `workflow_name=workflow_3&${NEWEST}`,
    'workflow_name=seldom',
    `created_at=gte:${WHEN}`,
    `created_at=lt:${WHEN}`,
    `created_at=gte:${WHEN}&${NEWEST}`,
  ];
  const own = queries.map((query) => ({ list, query }));
  return [...own, ...['', NEWEST].map((query) => ({ list, query, headers: ADMIN }))];
}
