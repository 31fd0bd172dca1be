import { NotFoundError } from '../../core/shared/index.js';
import type { Viewer } from '../tenancy.js';
import { readWhole } from './field-values.js';
import { column, selected } from './columns.js';
import { readParameters } from './list-query.js';
import { byIdOrName, type ListRequest, readRow, selectList } from './pages.js';
import { pageOf, sizedPage, sizeOf } from './page-size.js';
import type { ReadPool } from './read-pool.js';
import { WORKFLOWS } from './definition-resources.js';
import { listJson, rowJson } from './row-json.js';

const COLUMNS = [
  column('version', 'integer'),
  column('workflow_id', 'uuid'),
  column('name', 'text'),
  column('checksum', 'text'),
  column('definition', 'text'),
  column('created_at', 'date'),
];
const FROM = `FROM workflow_definition_versions t WHERE t.workflow_id = $1`;
const PAGE = sizedPage(
  COLUMNS.map(selected),
  sizeOf(COLUMNS),
  (list) => `SELECT ${list} ${FROM} AND ($2::int IS NULL OR t.version < $2) ORDER BY t.version DESC LIMIT $3`,
  '$4',
);
const ONE = `SELECT ${selectList(COLUMNS)} ${FROM} AND t.version = $2`;
const COUNT = `SELECT count(*)::text ${FROM}`;

/**
 * Texts that a workflow has had, the newest first: `{"versions":[{"version":2,…}],"next":"…"}`.
 * @throws {NotFoundError} when the viewer sees no such workflow
 */
export async function readWorkflowVersions(pool: ReadPool, identifier: string, request: ListRequest): Promise<string> {
  const given = readParameters(request.parameters, ['limit', 'marker', 'namespace']);
  const limit = Math.min(readWhole('limit', given.get('limit'), 1) ?? Infinity, request.maxLimit);
  const before = readWhole('marker', given.get('marker'), 1) ?? null;
  const id = await visibleId(pool, request.viewer, identifier, given.get('namespace') ?? '');
  const page = pageOf(await pool.rows(PAGE, [id, before, limit, request.maxPageBytes]), limit, request.maxPageBytes);
  request.onTotal?.(Number((await pool.rows(COUNT, [id]))[0]?.[0]));
  const next = `${request.appUrl}/v2/workflows/${id}/versions?limit=${limit}&marker=${page.marker}`;
  return listJson('versions', COLUMNS, page.rows, page.marker && next);
}

/** @throws {NotFoundError} when the viewer sees no such workflow, or when it has no such version */
export async function readWorkflowVersion(
  pool: ReadPool,
  viewer: Viewer,
  identifier: string,
  namespace: string,
  version: string,
): Promise<string> {
  const number = readWhole('version', version, 1);
  const id = await visibleId(pool, viewer, identifier, namespace);
  const [row] = await pool.rows(ONE, [id, number]);
  if (row !== undefined) return rowJson(COLUMNS, row);
  throw new NotFoundError(`Workflow version not found [workflow_identifier=${identifier}, version=${version}]`);
}

async function visibleId(pool: ReadPool, viewer: Viewer, identifier: string, namespace: string): Promise<string> {
  const notFound = `Workflow not found [workflow_identifier=${identifier}, namespace=${namespace}]`;
  const match = byIdOrName(identifier, namespace);
  const [id] = await readRow(pool, WORKFLOWS, viewer, [column('id', 'text')], match, notFound);
  return id ?? '';
}
