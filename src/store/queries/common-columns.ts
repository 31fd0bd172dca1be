import { column } from './columns.js';

/** Columns that most resources have. */
export const ID = column('id', 'text', { isNullable: false });
export const NAME = column('name', 'text', { isNullable: false });
export const NAMESPACE = column('namespace', 'text', { isNullable: false });
export const PROJECT = column('project_id', 'text', { isNullable: false });
export const SCOPE = column('scope', 'text', { isNullable: false });
export const DATES = [column('created_at', 'date', { isNullable: false }), column('updated_at', 'date')];
