import { column, type Resource } from './columns.js';
import { table } from './visible-rows.js';

const OWNER = [column('scope', 'text', { isNullable: false }), column('project_id', 'text', { isNullable: false })];
const DATES = [column('created_at', 'date', { isNullable: false }), column('updated_at', 'date')];
const ID = column('id', 'text', { isNullable: false });
const NAME = column('name', 'text', { isNullable: false });
const NAMESPACE = column('namespace', 'text', { isNullable: false });

/** Columns of `executions` that its lists below a task leave out. */
const HEAVY = ['params', 'input', 'output'];

export const EXECUTIONS: Resource = {
  name: 'executions',
  from: table('workflow_executions t'),
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
    column('project_id', 'uuid', { isNullable: false }),
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
    column('project_id', 'text', { isNullable: false }),
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
    column('project_id', 'text', { isNullable: false }),
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

export const WORKFLOWS: Resource = {
  name: 'workflows',
  from: table('workflow_definitions t'),
  columns: [
    ID,
    NAME,
    NAMESPACE,
    column('input', 'text', { sql: 't.input_text', isNullable: false }),
    column('interface', 'json', { isNullable: false }),
    column('definition', 'text', { isNullable: false }),
    column('checksum', 'text'),
    column('tags', 'tags'),
    ...OWNER,
    ...DATES,
  ],
  extraFields: [],
  filters: ['name', 'input', 'definition', 'tags', 'scope', 'project_id', 'created_at', 'updated_at', 'namespace'],
  switches: ['all_projects'],
  defaultSort: 'created_at',
  shared: 'public or shared',
  isOpenToAdmins: true,
  notFound: (id) => `Workflow not found [workflow_identifier=${id}, namespace=]`,
};

export const ACTIONS: Resource = {
  name: 'actions',
  from: table('action_definitions t'),
  columns: [
    ID,
    NAME,
    column('is_system', 'boolean', { isNullable: false }),
    column('input', 'text', { sql: "coalesce(t.input_text, '')" }),
    column('description', 'text'),
    column('tags', 'tags'),
    column('definition', 'text', { isNullable: false }),
    ...OWNER,
    ...DATES,
    NAMESPACE,
  ],
  extraFields: [],
  filters: [
    'name',
    'scope',
    'created_at',
    'updated_at',
    'namespace',
    'tags',
    'description',
    'definition',
    'is_system',
    'input',
  ],
  switches: [],
  defaultSort: 'name',
  shared: 'public',
  isOpenToAdmins: true,
  notFound: (id) => `Action definition not found [action_name=${id}, namespace=]`,
};

export const WORKBOOKS: Resource = {
  name: 'workbooks',
  from: table('workbooks t'),
  columns: [
    ID,
    NAME,
    NAMESPACE,
    column('definition', 'text', { isNullable: false }),
    column('tags', 'tags'),
    ...OWNER,
    ...DATES,
  ],
  extraFields: [],
  filters: ['created_at', 'updated_at', 'definition', 'name', 'scope', 'tags', 'namespace'],
  switches: [],
  defaultSort: 'created_at',
  shared: 'public',
  isOpenToAdmins: true,
  notFound: (id) => `Workbook not found [name=${id}, namespace=]`,
};

export const ENVIRONMENTS: Resource = {
  name: 'environments',
  from: table('environments t'),
  columns: [
    ID,
    NAME,
    column('description', 'text'),
    column('variables', 'json', { isNullable: false }),
    ...OWNER,
    ...DATES,
  ],
  extraFields: [],
  filters: ['name', 'description', 'variables', 'scope', 'created_at', 'updated_at'],
  switches: [],
  defaultSort: 'created_at',
  shared: 'public',
  isOpenToAdmins: false,
  notFound: (id) => `Environment not found [name=${id}]`,
};

/** The same resource with its JSON texts shown as JSON, as answers to YAML bodies have them. */
export function withJsonShown(resource: Resource): Resource {
  const columns = resource.columns.map((one) => (one.kind === 'json' ? { ...one, kind: 'raw' as const } : one));
  return { ...resource, columns };
}
