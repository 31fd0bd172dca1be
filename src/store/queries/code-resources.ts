import { column, type Resource } from './columns.js';
import { ACTIONS } from './resources.js';
import { table } from './visible-rows.js';

const ID = column('id', 'text', { isNullable: false });
const NAME = column('name', 'text', { isNullable: false });
const NAMESPACE = column('namespace', 'text', { isNullable: false });
const PROJECT = column('project_id', 'uuid', { isNullable: false });
const SCOPE = column('scope', 'text', { isNullable: false });
const DATES = [column('created_at', 'date', { isNullable: false }), column('updated_at', 'date')];

const FILTERS = ['name', 'scope', 'project_id', 'created_at', 'updated_at', 'namespace'];

export const CODE_SOURCES: Resource = {
  name: 'code_sources',
  from: table('code_sources t'),
  columns: [
    ID,
    NAME,
    NAMESPACE,
    column('content', 'text', { isNullable: false }),
    column('version', 'integer', { isNullable: false }),
    PROJECT,
    SCOPE,
    ...DATES,
    column('tags', 'tags', { listed: 'hidden' }),
  ],
  extraFields: ['actions'],
  filters: [...FILTERS, 'tags'],
  switches: ['all_projects'],
  defaultSort: 'created_at',
  shared: 'public',
  isOpenToAdmins: true,
  isMarkedByName: true,
  notFound: (id) => `Code Source not found [name=${id},namespace=]`,
};

export const DYNAMIC_ACTIONS: Resource = {
  name: 'dynamic_actions',
  from: table('dynamic_actions t'),
  columns: [
    ID,
    NAME,
    NAMESPACE,
    column('code_source_id', 'text', { isNullable: false }),
    column('code_source_name', 'text', { isNullable: false }),
    column('class_name', 'text', { isNullable: false }),
    PROJECT,
    SCOPE,
    ...DATES,
  ],
  extraFields: [],
  filters: FILTERS,
  switches: ['all_projects'],
  defaultSort: 'created_at',
  shared: 'public',
  isOpenToAdmins: true,
  isMarkedByName: true,
  notFound: (id) => `Dynamic Action not found [name=${id},namespace=]`,
};

/** How a dynamic action fills the columns of `ACTIONS` that it lacks: as an action of a plugin does. */
const AS_ACTION: Readonly<Record<string, string>> = {
  id: 't.name',
  is_system: 'false',
  input: "''",
  description: 'NULL::text',
  tags: 'NULL::text',
  definition: "''",
  created_at: "''",
  updated_at: "''",
};

/** Dynamic actions with the columns of `ACTIONS`. */
export const DYNAMIC_ACTIONS_AS_ACTIONS: Resource = {
  ...ACTIONS,
  from: DYNAMIC_ACTIONS.from,
  columns: ACTIONS.columns.map((one) => ({
    ...one,
    sql: AS_ACTION[one.name] ?? one.sql,
    kind: one.kind === 'date' ? 'text' : one.kind,
  })),
};
