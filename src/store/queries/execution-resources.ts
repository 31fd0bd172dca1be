import { column, type Resource } from './columns.js';
import { DATES, ID, NAME, PROJECT } from './common-columns.js';
import { table } from './visible-rows.js';

/** Columns of `executions` that its lists below a task leave out. */
const HEAVY = ['params', 'input', 'output'];

/** What is being deleted is as good as gone; mostly nothing is, which one look tells. */
const NOTHING_GOES = 'NOT EXISTS (SELECT FROM deletions)';
const IS_PRESENT = `(${NOTHING_GOES}
  OR NOT EXISTS (SELECT FROM deletions d WHERE d.execution_id IN (t.id, t.root_execution_id)))`;
const IS_OF_PRESENT = `(${NOTHING_GOES} OR NOT EXISTS (SELECT FROM workflow_executions x
  JOIN deletions d ON d.execution_id IN (x.id, x.root_execution_id) WHERE x.id = t.execution_id))`;

export const EXECUTIONS: Resource = {
  name: 'executions',
  from: table('workflow_executions t'),
  present: IS_PRESENT,
  columns: [
    ID,
    column('workflow_id', 'uuid'),
    column('workflow_name', 'text', { isNullable: false }),
    column('workflow_namespace', 'text', { isNullable: false }),
    column('description', 'text'),
    column('tags', 'tags'),
    column('params', 'json', { isNullable: false }),
    column('task_execution_id', 'uuid'),
    column('root_execution_id', 'uuid'),
    column('state', 'text', { isNullable: false }),
    column('state_info', 'text'),
    column('input', 'json', { isNullable: false }),
    column('output', 'json', { listed: 'asked', isNullable: false }),
    ...DATES,
    { ...PROJECT, kind: 'uuid' },
  ],
  extraFields: ['source_execution_id', 'published_global'],
  filters: [
    'workflow_name',
    'workflow_id',
    'description',
    'tags',
    'params',
    'task_execution_id',
    'root_execution_id',
    'state',
    'state_info',
    'input',
    'output',
    'created_at',
    'updated_at',
    'project_id',
  ],
  switches: ['include_output', 'all_projects', 'nulls'],
  defaultSort: 'created_at',
  shared: 'no',
  isOpenToAdmins: true,
  notFound: (id) => `WorkflowExecution not found [id=${id}]`,
};

/** The executions that a task started: fewer columns, fewer parameters. */
export const TASK_WORKFLOW_EXECUTIONS: Resource = {
  ...EXECUTIONS,
  columns: EXECUTIONS.columns.map((one) => (HEAVY.includes(one.name) ? { ...one, listed: 'asked' as const } : one)),
  filters: EXECUTIONS.filters.filter((name) => name !== 'project_id' && name !== 'root_execution_id'),
  switches: [],
};

export const TASKS: Resource = {
  name: 'tasks',
  from: table('task_executions t'),
  present: IS_OF_PRESENT,
  columns: [
    ID,
    NAME,
    column('type', 'text', { isNullable: false }),
    column('workflow_name', 'text', { isNullable: false }),
    column('workflow_namespace', 'text', { isNullable: false }),
    column('workflow_id', 'uuid'),
    column('workflow_execution_id', 'uuid', { sql: 't.execution_id', isNullable: false }),
    column('tags', 'tags'),
    column('state', 'text', { isNullable: false }),
    column('state_info', 'text'),
    PROJECT,
    column('runtime_context', 'json', { isNullable: false }),
    column('published', 'json', { sql: `coalesce(t.published, '{}')`, isNullable: false }),
    column('processed', 'boolean', { isNullable: false }),
    ...DATES,
    column('started_at', 'date'),
    column('finished_at', 'date'),
  ],
  extraFields: ['result', 'published_global', 'reset', 'env'],
  filters: [
    'name',
    'workflow_name',
    'workflow_id',
    'workflow_execution_id',
    'tags',
    'state',
    'state_info',
    'published',
    'processed',
    'created_at',
    'updated_at',
  ],
  switches: [],
  defaultSort: 'created_at',
  shared: 'no',
  isOpenToAdmins: true,
  notFound: (id) => `Task execution not found [id=${id}]`,
};

export const ACTION_EXECUTIONS: Resource = {
  name: 'action_executions',
  from: table('action_executions t'),
  present: IS_OF_PRESENT,
  columns: [
    ID,
    column('workflow_name', 'text'),
    column('workflow_namespace', 'text'),
    column('task_execution_id', 'uuid'),
    column('state', 'text', { isNullable: false }),
    column('state_info', 'text'),
    column('tags', 'tags', { sql: `nullif(t.tags, '[]')` }),
    NAME,
    column('description', 'text'),
    PROJECT,
    column('accepted', 'boolean', { isNullable: false }),
    column('input', 'json', { isNullable: false }),
    column('output', 'json', { listed: 'asked', isNullable: false }),
    ...DATES,
  ],
  extraFields: ['task_name', 'params'],
  filters: [
    'created_at',
    'name',
    'tags',
    'updated_at',
    'workflow_name',
    'task_execution_id',
    'state',
    'state_info',
    'accepted',
    'input',
    'output',
    'description',
  ],
  switches: ['include_output'],
  defaultSort: 'created_at',
  shared: 'no',
  isOpenToAdmins: true,
  notFound: (id) => `ActionExecution not found [id=${id}]`,
};
