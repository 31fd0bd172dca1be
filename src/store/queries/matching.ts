import { seen, type SeenId, type Viewer } from '../tenancy.js';
import type { QueryParameters } from './list-query.js';
import { readList } from './pages.js';
import type { ReadPool } from './read-pool.js';
import { EXECUTIONS } from './execution-resources.js';

export interface FoundExecution {
  readonly id: SeenId;
  readonly state: string;
}

export interface Matching {
  /** How many executions match in all. */
  readonly matched: number;
  /** The first of them. */
  readonly found: readonly FoundExecution[];
}

/** Executions that filters of the list match. @throws {InputError} for what the list does not take either */
export async function readMatching(
  pool: ReadPool,
  viewer: Viewer,
  filters: QueryParameters,
  limit: number,
): Promise<Matching> {
  let matched = 0;
  const onTotal = (total: number): void => void (matched = total);
  const parameters = { ...filters, fields: 'id,state' };
  const json = await readList(pool, EXECUTIONS, {
    parameters,
    viewer,
    appUrl: '',
    maxLimit: limit,
    maxPageBytes: Infinity,
    onTotal,
  });
  const { executions } = JSON.parse(json) as { readonly executions: readonly { id: string; state: string }[] };
  return { matched, found: executions.map(({ id, state }) => ({ id: seen(id), state })) };
}
