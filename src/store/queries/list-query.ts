import { ForbiddenError, InputError } from '../../core/shared/index.js';
import type { Viewer } from '../tenancy.js';
import type { Column, Resource } from './columns.js';
import { invalid, readFlag, readItems, readNames } from './field-values.js';
import { readFilter, type Filter } from './filters.js';
import type { SortKey } from './keyset.js';

/** Query string of a request; of repeated names the last counts. */
export type QueryParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A list request, understood. */
export interface ListQuery {
  readonly columns: readonly Column[];
  /** What was asked for, for the link to the next page; null when everything was. */
  readonly fields: readonly string[] | null;
  readonly filters: readonly Filter[];
  readonly nulls: readonly Column[];
  readonly sort: readonly SortKey[];
  readonly limit: number;
  readonly marker: string | null;
  /** Switches in force, as the next link repeats them: `[['include_output', 'true']]`. */
  readonly switches: readonly (readonly [string, string])[];
}

const COMMON = ['marker', 'limit', 'sort_keys', 'sort_dirs', 'fields'];
const NOT_ALLOWED = 'Operation forbidden (insufficient permissions)';

/**
 * Understands the query string of a list.
 * @param maxLimit  the page size when none or a larger one is asked for
 * @throws {InputError} for an unknown parameter or a wrong value
 */
export function readListQuery(
  resource: Resource,
  parameters: QueryParameters,
  viewer: Viewer,
  maxLimit: number,
): ListQuery {
  const given = readParameters(parameters, [...COMMON, ...resource.filters, ...resource.switches]);
  if (!viewer.isAdmin && asksForAllProjects(resource, given)) throw new ForbiddenError(NOT_ALLOWED);
  const fields = given.has('fields') ? readFields(resource, given.get('fields') ?? '') : null;
  const withOutput = isOn(resource, given, 'include_output');
  return {
    columns: resource.columns.filter((column) => isWanted(column, fields, withOutput)),
    fields,
    filters: resource.filters.flatMap((name) => readFilters(resource, name, given.get(name))),
    nulls: readNames(given.get('nulls') ?? '').map((name) => nullable(resource, name)),
    sort: readSort(resource, given.get('sort_keys'), given.get('sort_dirs')),
    limit: Math.min(readLimit(given.get('limit')), maxLimit),
    marker: given.has('marker') ? (given.get('marker') ?? '') : null,
    switches: [...given].filter(([name, value]) => (resource.switches as string[]).includes(name) && value !== ''),
  };
}

/**
 * The parameters as a map.
 * @throws {InputError} `Unknown argument: "foo"`
 */
export function readParameters(parameters: QueryParameters, known: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(parameters)) {
    if (!known.includes(name)) throw new InputError(`Unknown argument: "${name}"`);
    const last = typeof value === 'object' ? value.at(-1) : value;
    if (last !== undefined) given.set(name, last);
  }
  return given;
}

/**
 * Columns named in `fields` of a single GET; unknown names are dropped, `id` is always there.
 * @param fields  e.g. `id,state`; nothing means all
 */
export function columnsNamed(resource: Resource, fields: string | undefined): readonly Column[] {
  const names = readNames(fields ?? '');
  const columns = resource.columns.filter((column) => column.listed !== 'hidden');
  if (names.length === 0) return columns.filter(isListed);
  return columns.filter((column) => column.name === 'id' || names.includes(column.name));
}

function asksForAllProjects(resource: Resource, given: ReadonlyMap<string, string>): boolean {
  const isExecutions = resource.name === 'executions' && given.has('project_id');
  return isExecutions || isOn(resource, given, 'all_projects');
}

function isOn(resource: Resource, given: ReadonlyMap<string, string>, name: Resource['switches'][number]): boolean {
  return resource.switches.includes(name) && readFlag(name, given.get(name) ?? '');
}

function isWanted(column: Column, fields: readonly string[] | null, withOutput: boolean): boolean {
  if (!isListed(column)) return false;
  if (fields !== null && fields.length > 0) return column.name === 'id' || fields.includes(column.name);
  return column.listed === 'always' || (column.name === 'output' && withOutput);
}

function isListed({ listed }: Column): boolean {
  return listed === 'always' || listed === 'asked';
}

function readFields(resource: Resource, text: string): readonly string[] {
  const names = [...new Set(readNames(text))];
  const columns = resource.columns.filter(isListed);
  const known = [...columns.map((column) => column.name), ...resource.extraFields];
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return names;
  throw new InputError(`Some fields do not exist  [${missing.join(', ')}], please choose from [${known.join(', ')}]`);
}

function readFilters(resource: Resource, name: string, value: string | undefined): readonly Filter[] {
  if (value === undefined) return [];
  const column = columnNamed(resource, name);
  return column === undefined ? [] : [readFilter(column, value)];
}

function nullable(resource: Resource, name: string): Column {
  const column = columnNamed(resource, name);
  if (column?.isNullable) return column;
  throw new InputError(`'${name}' is not a valid field name.`);
}

function readSort(resource: Resource, keys: string | undefined, directions: string | undefined): readonly SortKey[] {
  const names = [...new Set(readNames(keys ?? ''))];
  if (names.length === 0) names.push(...resource.defaultSort.split(','));
  const given = readItems(directions ?? '').map((direction) => direction.toLowerCase());
  if (given.length > names.length) {
    throw new InputError('Length of sort_keys must be equal or greater than sort_dirs.');
  }
  const sort = names.map((name, i) => ({ column: sortable(resource, name), isDescending: isDescending(given[i]) }));
  if (names.includes('id')) return sort;
  return [...sort, { column: sortable(resource, 'id'), isDescending: false }];
}

function sortable(resource: Resource, name: string): Column {
  const column = columnNamed(resource, name);
  if (column !== undefined) return column;
  throw new InputError(`Sort key supplied is invalid: ${name}`);
}

function isDescending(direction: string | undefined): boolean {
  if (direction === undefined || direction === 'asc') return false;
  if (direction === 'desc') return true;
  throw new InputError("Unknown sort direction, must be 'desc' or 'asc'.");
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (!/^[-+]?\d+$/.test(text.trim())) throw invalid('limit', text, 'Expected a whole number.');
  const limit = Number(text);
  if (limit > 0) return limit;
  throw new InputError('Limit must be positive.');
}

function columnNamed(resource: Resource, name: string): Column | undefined {
  return resource.columns.find((column) => column.name === name);
}
