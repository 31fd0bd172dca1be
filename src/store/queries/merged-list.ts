import { compareCodePoints, NotFoundError } from '../../core/shared/index.js';
import type { Column, Resource } from './columns.js';
import type { Filter } from './filters.js';
import type { SortKey } from './keyset.js';
import { readItems } from './field-values.js';
import { type ListQuery, readListQuery } from './list-query.js';
import { nextLink } from './next-link.js';
import { type ListRequest, readAllPages } from './pages.js';
import type { ReadPool, TextRow } from './read-pool.js';
import { listJson } from './row-json.js';

/**
 * A page of stored rows and rows from elsewhere as one list; without a limit, all of it.
 * @param extra  rows with a cell for each column of the resource, in its order
 */
export async function readMergedList(
  pool: ReadPool,
  resource: Resource,
  request: Omit<ListRequest, 'maxLimit' | 'maxPageBytes'>,
  extra: readonly TextRow[],
): Promise<string> {
  const query = readListQuery(resource, request.parameters, request.viewer, Infinity);
  const all: ListQuery = { ...query, columns: resource.columns, limit: Infinity, marker: null };
  const stored = await readAllPages(pool, resource, all, request.viewer);
  const kept = extra.filter((row) => query.filters.every((filter) => passes(resource, filter, row)));
  const rows = sorted(resource, [...stored, ...kept], query.sort);
  request.onTotal?.(rows.length);
  const page = rows.slice(startOf(resource, rows, query.marker)).slice(0, query.limit);
  const last = page.length === query.limit ? page.at(-1)?.[0] : undefined;
  const link = last == null ? undefined : nextLink(`${request.appUrl}/v2/${resource.name}`, query, last);
  return listJson(
    resource.name,
    query.columns,
    page.map((row) => cellsOf(resource, query.columns, row)),
    link,
  );
}

/** Filters on what a row from elsewhere lacks leave it in, as clients of the original know it. */
function passes(resource: Resource, { column, operator, value }: Filter, row: TextRow): boolean {
  const cell = cellOf(resource, column, row);
  if (column.name !== 'namespace' && (cell === null || cell === '')) return true;
  const actual = column.kind === 'boolean' ? String(cell === 't') : (cell ?? '');
  const order = compareCodePoints(actual, value);
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'neq':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
    case 'in':
      return readItems(value).includes(actual);
    case 'nin':
      return !readItems(value).includes(actual);
    case 'has':
      return actual.includes(value);
  }
}

/** Nulls last going up, first going down, as in SQL. */
function sorted(resource: Resource, rows: readonly TextRow[], sort: readonly SortKey[]): readonly TextRow[] {
  return [...rows].sort((a, b) => {
    for (const { column, isDescending } of sort) {
      const order = compareCells(cellOf(resource, column, a), cellOf(resource, column, b));
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  });
}

function compareCells(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareCodePoints(a, b);
}

function startOf(resource: Resource, rows: readonly TextRow[], marker: string | null): number {
  if (marker === null) return 0;
  const at = rows.findIndex((row) => row[0] === marker || row[1] === marker);
  if (at < 0) throw new NotFoundError(resource.notFound(marker));
  return at + 1;
}

function cellsOf(resource: Resource, columns: readonly Column[], row: TextRow): TextRow {
  return columns.map((column) => cellOf(resource, column, row));
}

function cellOf(resource: Resource, column: Column, row: TextRow): string | null {
  return row[resource.columns.indexOf(column)] ?? null;
}
