import { column, type Resource } from './columns.js';
import { DATES, ID, NAME, NAMESPACE, PROJECT, SCOPE } from './common-columns.js';
import { ACTIONS } from './definition-resources.js';
import { table } from './visible-rows.js';

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
    { ...PROJECT, kind: 'uuid' },
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
    { ...PROJECT, kind: 'uuid' },
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
