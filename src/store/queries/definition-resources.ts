import { column, type Resource } from './columns.js';
import { DATES, ID, NAME, NAMESPACE, PROJECT, SCOPE } from './common-columns.js';
import { table } from './visible-rows.js';

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
    SCOPE,
    PROJECT,
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
    SCOPE,
    PROJECT,
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

/** As the answer to an upload shows them: the original has no text for what has no inputs until it lists the action. */
export const WRITTEN_ACTIONS: Resource = {
  ...ACTIONS,
  columns: ACTIONS.columns.map((one) =>
    one.name === 'input' ? column('input', 'text', { sql: "nullif(t.input_text, '')" }) : one,
  ),
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
    SCOPE,
    PROJECT,
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
    SCOPE,
    PROJECT,
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
