import {
  dictEntries,
  InputError,
  isDict,
  type Json,
  parseJson,
  stringifyJson,
  toDict,
} from '../../core/shared/index.js';
import type { SeenId, Viewer } from '../tenancy.js';
import type { Column } from './columns.js';
import { readNames } from './field-values.js';
import type { ReadPool } from './read-pool.js';
import { byId, readOne, readRow } from './pages.js';
import { EXECUTIONS } from './execution-resources.js';
import { rowJson } from './row-json.js';

const CONTEXT: readonly Column[] = ['context', 'spec_id'].map((name) => ({
  name,
  kind: 'text',
  sql: `t.${name}`,
  listed: 'never',
  isNullable: false,
}));
/** What the engine itself keeps in a workflow's context. */
const OWN_KEYS: ReadonlySet<unknown> = new Set(['__execution', 'openstack']);

/**
 * An execution as JSON.
 * @param fields  comma-separated names; nothing means all, `published_global` included
 */
export async function readExecution(pool: ReadPool, viewer: Viewer, id: string, fields?: string): Promise<string> {
  const names = checkedNames(fields);
  const columns = EXECUTIONS.columns.filter(
    (one) => names.length === 0 || one.name === 'id' || names.includes(one.name),
  );
  const notFound = EXECUTIONS.notFound(id);
  if (names.length > 0 && !names.includes('published_global')) {
    return readOne(pool, EXECUTIONS, viewer, columns, byId(id), notFound);
  }
  const row = await readRow(pool, EXECUTIONS, viewer, [...columns, ...CONTEXT], byId(id), notFound);
  const published = await publishedGlobal(pool, row.at(-2) ?? '{}', row.at(-1) ?? '');
  return rowJson(columns, row, [['published_global', JSON.stringify(published)]]);
}

/** An execution as POST and PUT answer it: without `published_global`. */
export function readWrittenExecution(pool: ReadPool, viewer: Viewer, id: string): Promise<string> {
  return readOne(pool, EXECUTIONS, viewer, EXECUTIONS.columns, byId(id), EXECUTIONS.notFound(id));
}

/** Text of the instant, in microseconds, when a PAUSED execution was last changed. */
export async function readPausedAt(pool: ReadPool, id: SeenId): Promise<string | undefined> {
  const [row] = await pool.rows("SELECT updated_at::text FROM workflow_executions WHERE id = $1 AND state = 'PAUSED'", [
    id,
  ]);
  return row?.[0] ?? undefined;
}

export async function hasStartedTasksSince(pool: ReadPool, id: SeenId, instant: string): Promise<boolean> {
  const rows = await pool.rows(
    'SELECT id FROM task_executions WHERE execution_id = $1 AND started_at > $2::timestamptz LIMIT 1',
    [id, instant],
  );
  return rows.length > 0;
}

function checkedNames(fields: string | undefined): readonly string[] {
  const names = readNames(fields ?? '');
  const known = [...EXECUTIONS.columns.map((column) => column.name), ...EXECUTIONS.extraFields];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new InputError(`Field '${unknown}' does not exist.`);
  return names;
}

/** The context without what the engine and `vars` put there. */
async function publishedGlobal(pool: ReadPool, context: string, specId: string): Promise<string> {
  const pairs = pairsOf(context).filter(([key]) => !OWN_KEYS.has(key));
  if (pairs.length === 0) return '{}';
  const [row] = await pool.rows('SELECT spec FROM workflow_specs WHERE id = $1', [specId]);
  const vars = pairsOf(row?.[0] ?? '{}').find(([key]) => key === 'vars')?.[1];
  const declared = new Set(isDict(vars) ? dictEntries(vars).map(([key]) => key) : []);
  return stringifyJson(toDict(pairs.filter(([key]) => !declared.has(key))), { style: 'python' });
}

function pairsOf(text: string): readonly (readonly [Json, Json])[] {
  const value = parseJson(text, { allowNaN: true });
  return isDict(value) ? dictEntries(value) : [];
}
