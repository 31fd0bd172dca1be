import { tagSql } from '../tags.js';
import type { Viewer } from '../tenancy.js';
import { column, type Resource } from './columns.js';
import { columnsNamed } from './list-query.js';
import { type Match, readRow } from './pages.js';
import type { ReadPool } from './read-pool.js';
import { rowJson } from './row-json.js';

/** JSON of a thing, and the tag that changes whenever the thing does; without one when it is not stored. */
export interface Tagged {
  readonly json: string;
  readonly tag?: string;
}

const TAG = column('tag', 'text', { sql: tagSql('t') });

/** One visible row of a table that counts versions. @throws {NotFoundError} */
export async function readTagged(
  pool: ReadPool,
  resource: Resource,
  viewer: Viewer,
  match: Match,
  notFound: string,
  fields?: string,
): Promise<Tagged> {
  const columns = columnsNamed(resource, fields);
  const row = await readRow(pool, resource, viewer, [...columns, TAG], match, notFound);
  return { json: rowJson(columns, row), tag: row.at(-1) ?? undefined };
}
