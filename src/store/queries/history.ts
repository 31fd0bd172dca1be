import { readWhole } from './field-values.js';
import { readParameters } from './list-query.js';
import { checkExists, type ListRequest } from './pages.js';
import { pageOf, sizedPage } from './page-size.js';
import type { ReadPool, TextRow } from './read-pool.js';
import { EXECUTIONS } from './execution-resources.js';

const ENTRIES = sizedPage(
  ['version::text', `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')`, 'events'],
  'octet_length(events)',
  (list) => `SELECT ${list} FROM journal WHERE execution_id = $1 AND version > $2 ORDER BY version LIMIT $3`,
  '$4',
);
const COUNT = 'SELECT count(*)::text FROM journal WHERE execution_id = $1';

/**
 * What an execution was told, from the journal, the oldest first:
 * `{"history":[{"version":1,"at":"2026-01-31 10:00:00.123456","events":[…]}],"next":"…"}`.
 * @throws {NotFoundError}
 */
export async function readHistory(pool: ReadPool, id: string, request: ListRequest): Promise<string> {
  const given = readParameters(request.parameters, ['limit', 'marker']);
  const limit = Math.min(readWhole('limit', given.get('limit'), 1) ?? Infinity, request.maxLimit);
  const after = readWhole('marker', given.get('marker'), 0) ?? -1;
  await checkExists(pool, EXECUTIONS, request.viewer, id);
  const page = pageOf(await pool.rows(ENTRIES, [id, after, limit, request.maxPageBytes]), limit, request.maxPageBytes);
  request.onTotal?.(Number((await pool.rows(COUNT, [id]))[0]?.[0]));
  const address = `${request.appUrl}/v2/executions/${id}/history?limit=${limit}&marker=${page.marker}`;
  const next = page.marker === undefined ? '' : `,"next":${JSON.stringify(address)}`;
  return `{"history":[${page.rows.map(entryJson).join(',')}]${next}}`;
}

function entryJson([version, at, events]: TextRow): string {
  return `{"version":${version ?? 'null'},"at":${JSON.stringify(at)},"events":${events ?? '[]'}}`;
}
