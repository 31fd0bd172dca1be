import { NotFoundError } from '../../core/shared/index.js';
import { seen, type SeenId, type Viewer } from '../tenancy.js';
import { selected, type Column, type Resource } from './columns.js';
import type { Conditions } from './conditions.js';
import { isUuid, checkUuid } from './field-values.js';
import { addFilter, type Filter, identifiersIn } from './filters.js';
import { addAfter, orderBy, type SortKey } from './keyset.js';
import { readListQuery, type ListQuery, type QueryParameters } from './list-query.js';
import { nextLink } from './next-link.js';
import { pageOf, sizedPage, type SizedPage, sizeOf } from './page-size.js';
import type { ReadPool, TextRow } from './read-pool.js';
import { EXECUTIONS } from './execution-resources.js';
import { listJson, rowJson } from './row-json.js';
import { VisibleRows } from './visible-rows.js';

/** What a list needs besides the resource. */
export interface ListRequest {
  readonly parameters: QueryParameters;
  readonly viewer: Viewer;
  /** Address before the path, e.g. `http://127.0.0.1:8989`. */
  readonly appUrl: string;
  readonly maxLimit: number;
  /** A page ends early, after the row with which its long texts reach so many bytes. */
  readonly maxPageBytes: number;
  /** Wants to know how many rows there are on all pages together. */
  readonly onTotal?: (total: number) => void;
}

/** Adds conditions to the `WHERE` of one row, e.g. `t.id = $1`. */
export type Match = (where: Conditions) => void;

/** JSON of a page of a resource, e.g. `{"executions":[…],"next":"http://…"}`. */
export async function readList(pool: ReadPool, resource: Resource, request: ListRequest): Promise<string> {
  const query = readListQuery(resource, request.parameters, request.viewer, request.maxLimit);
  for (const filter of query.filters) await checkIdentifiers(pool, filter, request.viewer);
  const { rows, marker } = await readPage(pool, resource, query, request);
  request.onTotal?.(await countRows(pool, resource, query, request.viewer));
  const base = `${request.appUrl}/v2/${resource.name}`;
  return listJson(resource.name, query.columns, rows, marker && nextLink(base, query, marker));
}

/** JSON of all visible rows that match, the oldest first. */
export async function readAll(pool: ReadPool, resource: Resource, viewer: Viewer, match: Match): Promise<string> {
  return listJson(resource.name, resource.columns, await readAllRows(pool, resource, viewer, match));
}

/** Like {@link readAll}, but the cells. */
export async function readAllRows(
  pool: ReadPool,
  resource: Resource,
  viewer: Viewer,
  match?: Match,
): Promise<readonly TextRow[]> {
  const rows = new VisibleRows(resource, viewer);
  match?.(rows.where);
  return pool.rows(rows.select(selectList(resource.columns), ' ORDER BY t.created_at, t.id'), rows.values);
}

/** Rows of a page; the first cell of each is its id. */
async function readPage(
  pool: ReadPool,
  resource: Resource,
  query: ListQuery,
  { viewer, maxPageBytes }: ListRequest,
): Promise<SizedPage> {
  const rows = wanted(resource, query, viewer);
  if (query.marker !== null) {
    addAfter(query.sort, await readMarker(pool, resource, query.sort, query.marker, viewer), rows.where);
  }
  const rest = `${orderBy(query.sort)} LIMIT ${rows.where.value(query.limit)}`;
  const page = (list: string): string => rows.select(list, rest);
  const maxBytes = rows.where.value(maxPageBytes);
  const sql = sizedPage(query.columns.map(selected), sizeOf(query.columns), page, maxBytes);
  return pageOf(await pool.rows(sql, rows.values), query.limit, maxPageBytes);
}

/** Rows of all pages together. */
export async function readAllPages(
  pool: ReadPool,
  resource: Resource,
  query: ListQuery,
  viewer: Viewer,
): Promise<readonly TextRow[]> {
  const rows = wanted(resource, query, viewer);
  return pool.rows(rows.select(selectList(query.columns), orderBy(query.sort)), rows.values);
}

async function countRows(pool: ReadPool, resource: Resource, query: ListQuery, viewer: Viewer): Promise<number> {
  const rows = wanted(resource, query, viewer);
  const [row] = await pool.rows(rows.select('count(*)::text'), rows.values);
  return Number(row?.[0]);
}

/** What every page of a list has in common. */
function wanted(resource: Resource, query: ListQuery, viewer: Viewer): VisibleRows {
  const rows = new VisibleRows(resource, viewer);
  for (const filter of query.filters) addFilter(filter, rows.where);
  for (const column of query.nulls) rows.where.add(`${column.sql} IS NULL`);
  return rows;
}

/**
 * One visible row as JSON.
 * @throws {NotFoundError} with the resource's text for `name`
 */
export async function readOne(
  pool: ReadPool,
  resource: Resource,
  viewer: Viewer,
  columns: readonly Column[],
  match: Match,
  notFound: string,
): Promise<string> {
  return rowJson(columns, await readRow(pool, resource, viewer, columns, match, notFound));
}

/** Like {@link readOne}, but the cells. */
export async function readRow(
  pool: ReadPool,
  resource: Resource,
  viewer: Viewer,
  columns: readonly Column[],
  match: Match,
  notFound: string,
): Promise<TextRow> {
  const rows = new VisibleRows(resource, viewer);
  match(rows.where);
  const [row] = await pool.rows(rows.select(selectList(columns), `${rows.ownFirst()} LIMIT 1`), rows.values);
  if (row === undefined) throw new NotFoundError(notFound);
  return row;
}

/** The row of an id that hangs on a task. */
export function byIdBelow(id: string, taskId: string): Match {
  return (where) => where.add(`t.id = ${where.value(id)} AND t.task_execution_id = ${where.value(taskId)}`);
}

/** The row of a name in a namespace. */
export function byName(name: string, namespace: string): Match {
  return (where) => where.add(`t.name = ${where.value(name)} AND t.namespace = ${where.value(namespace)}`);
}

/** The row of an id, or of a name in a namespace. */
export function byIdOrName(identifier: string, namespace: string): Match {
  return (where) => {
    const value = where.value(identifier);
    where.add(`(t.id = ${value} OR (t.name = ${value} AND t.namespace = ${where.value(namespace)}))`);
  };
}

/** The row of an id, or of a name where there are no namespaces. */
export function byIdOrNameAlone(identifier: string): Match {
  return (where) => {
    const value = where.value(identifier);
    where.add(`(t.id = ${value} OR t.name = ${value})`);
  };
}

/** The row of a name where there are no namespaces. */
export function byNameAlone(name: string): Match {
  return (where) => where.add(`t.name = ${where.value(name)}`);
}

/** Offers of a workflow, to all projects or to one. */
export function byMember(workflowId: string, memberId?: string): Match {
  return (where) => {
    where.add(`t.resource_id = ${where.value(workflowId)}`);
    if (memberId !== undefined) where.add(`t.member_id = ${where.value(memberId)}`);
  };
}

/** The row of an id. */
export function byId(id: string): Match {
  return (where) => where.add(`t.id = ${where.value(id)}`);
}

/**
 * The id of a row that exists and is visible, for what hangs on the row.
 * @throws {NotFoundError}
 */
export async function readSeen(pool: ReadPool, resource: Resource, viewer: Viewer, id: string): Promise<SeenId> {
  await readRow(pool, resource, viewer, [], byId(id), resource.notFound(id));
  return seen(id);
}

/**
 * Like {@link readSeen}, for paths that take a UUID.
 * @throws {InputError} for an id that is neither known nor a UUID
 * @throws {NotFoundError}
 */
export async function checkExists(pool: ReadPool, resource: Resource, viewer: Viewer, id: string): Promise<SeenId> {
  try {
    return await readSeen(pool, resource, viewer, id);
  } catch (error) {
    if (error instanceof NotFoundError && !isUuid(id)) checkUuid('id', id);
    throw error;
  }
}

export function selectList(columns: readonly Column[]): string {
  return columns.map(selected).join(', ');
}

async function readMarker(
  pool: ReadPool,
  resource: Resource,
  sort: readonly SortKey[],
  marker: string,
  viewer: Viewer,
): Promise<TextRow> {
  const rows = new VisibleRows(resource, viewer);
  (resource.isMarkedByName === true ? byIdOrNameAlone(marker) : byId(marker))(rows.where);
  const keys = sort.map((key) => key.column.sql).join(', ');
  const [row] = await pool.rows(rows.select(keys), rows.values);
  if (row !== undefined) return row;
  if (resource.isMarkedByName !== true) checkUuid('marker', marker);
  throw new NotFoundError(resource.notFound(marker));
}

/** Identifiers are UUIDs, but clients may give an execution one of their own. */
async function checkIdentifiers(pool: ReadPool, filter: Filter, viewer: Viewer): Promise<void> {
  for (const id of identifiersIn(filter)) {
    if (isUuid(id)) continue;
    const rows = new VisibleRows(EXECUTIONS, viewer);
    byId(id)(rows.where);
    const [row] = await pool.rows(rows.select(''), rows.values);
    if (row === undefined) checkUuid(filter.column.name, id);
  }
}
