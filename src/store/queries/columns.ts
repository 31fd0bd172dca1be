import type { Sharing } from '../tenancy.js';
import type { Table } from './visible-rows.js';

/**
 * How a column is kept, filtered and shown: `json` is Python-style JSON text shown as a string, `raw` the same shown as
 * it is, `tags` a JSON list of texts, `date` a timestamptz shown as `2026-01-31 10:00:00` in UTC.
 */
export type ColumnKind = 'text' | 'uuid' | 'json' | 'raw' | 'tags' | 'date' | 'boolean' | 'integer';

/**
 * When a column is part of a list: `always`, `asked` (named in `fields`, or `include_output`), or `never`;
 * a `hidden` one is there only to filter by.
 */
export type Listed = 'always' | 'asked' | 'never' | 'hidden';

/** One public field of a resource and the SQL behind it. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Over the alias `t` of the resource's own table, e.g. `t.created_at`. */
  readonly sql: string;
  readonly listed: Listed;
  readonly isNullable: boolean;
}

/** Everything that reading a resource needs to know of it. */
export interface Resource {
  /** Name of the collection, in paths and as the key of the list: `executions`. */
  readonly name: string;
  readonly from: Table;
  /** In the order of the answer. */
  readonly columns: readonly Column[];
  /** Public fields without a column behind them; accepted in `fields`, left out of lists. */
  readonly extraFields: readonly string[];
  /** Names that filter; all are columns. */
  readonly filters: readonly string[];
  /** Query parameters of the list beyond filters and the common ones. */
  readonly switches: readonly Switch[];
  readonly defaultSort: string;
  readonly shared: Sharing;
  /** Whether admins see the rows of all projects. */
  readonly isOpenToAdmins: boolean;
  /** Condition of rows that are not being deleted. */
  readonly present?: string;
  /** Whether a marker may also be a name. */
  readonly isMarkedByName?: boolean;
  readonly notFound: (id: string) => string;
}

export type Switch = 'all_projects' | 'include_output' | 'nulls' | 'namespace';

interface ColumnOptions {
  readonly sql?: string;
  readonly listed?: Listed;
  readonly isNullable?: boolean;
}

/** `column('name', 'text')` is the column `t.name`, in every list. */
export function column(name: string, kind: ColumnKind, options: ColumnOptions = {}): Column {
  return {
    name,
    kind,
    sql: options.sql ?? `t.${name}`,
    listed: options.listed ?? 'always',
    isNullable: options.isNullable ?? true,
  };
}

/** What `SELECT` takes for a column; dates lose their zone here and their fraction in {@link showCell}. */
export function selected(column: Column): string {
  return column.kind === 'date' ? `${column.sql} AT TIME ZONE 'UTC'` : column.sql;
}

/** Texts that stand in JSON as they are: most cells, and seeing that is quicker than a call of `JSON.stringify`. */
const UNESCAPED = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** JSON of one cell, given what PostgreSQL sends as text. */
export function showCell(kind: ColumnKind, cell: string | null): string {
  if (cell === null) return 'null';
  switch (kind) {
    case 'text':
    case 'uuid':
    case 'json':
      return UNESCAPED.test(cell) ? `"${cell}"` : JSON.stringify(cell);
    case 'date':
      return `"${cell.slice(0, 19)}"`;
    case 'boolean':
      return cell === 't' ? 'true' : 'false';
    case 'raw':
    case 'tags':
    case 'integer':
      return cell;
  }
}
