import { COLLECTIONS, type CollectionName, type Row } from '../client/collections.js';
import { readFilters } from '../client/filters.js';
import { fetchAll } from '../client/lists.js';
import { type Query, ServiceClient } from '../client/service-client.js';
import { EXIT, UsageError } from '../outcome.js';
import { print, printTable } from '../output.js';

export interface ListOptions {
  readonly url: string;
  readonly json?: boolean;
  readonly state?: string;
  readonly limit?: number;
  readonly execution?: string;
  readonly workflow?: string;
  readonly where: readonly string[];
}

const DEFAULT_LIMIT = 20;

/** `tramontane list`: a table, or the rows as the API answers them. */
export async function list(name: CollectionName, options: ListOptions): Promise<number> {
  const { path, key, columns, isHistory } = COLLECTIONS[name];
  const client = new ServiceClient(options.url);
  const limit = options.limit ?? (isHistory ? DEFAULT_LIMIT : undefined);
  const rows = await fetchAll<Row>(client, path, key, queryFor(name, options), limit);
  if (options.json === true) print(JSON.stringify(rows, null, 2));
  else
    printTable(
      columns.map(({ head }) => head),
      rows.map((row) => columns.map(({ text }) => text(row))),
    );
  return EXIT.success;
}

function queryFor(name: CollectionName, { state, workflow, execution, where }: ListOptions): Query {
  const { fields, isHistory } = COLLECTIONS[name];
  if (state !== undefined && !isHistory) throw new UsageError(`--state: ${name} have no state`);
  if (workflow !== undefined && !isHistory) throw new UsageError(`--workflow: ${name} belong to no workflow`);
  if (execution !== undefined && name !== 'tasks') throw new UsageError('--execution: only tasks belong to one');
  return {
    ...(fields !== '' && { fields }),
    ...(isHistory ? { sort_keys: 'created_at', sort_dirs: 'desc' } : { sort_keys: 'name', sort_dirs: 'asc' }),
    state: state?.toUpperCase(),
    workflow_name: workflow,
    workflow_execution_id: execution,
    ...readFilters(where),
  };
}
