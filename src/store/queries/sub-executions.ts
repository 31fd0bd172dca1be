import type { SeenId, Viewer } from '../tenancy.js';
import type { ReadPool } from './read-pool.js';
import { checkExists, selectList } from './pages.js';
import { EXECUTIONS, TASKS } from './execution-resources.js';
import { listJson } from './row-json.js';

/** What the listing of everything below an execution or task takes. */
export interface SubExecutionsRequest {
  readonly viewer: Viewer;
  readonly errorsOnly: boolean;
  /** The first level is 0; -1 means without limit. */
  readonly maxDepth: number;
  readonly includeOutput: boolean;
}

/** An execution and everything below it as JSON, depth first. */
export async function readExecutionTree(pool: ReadPool, id: string, request: SubExecutionsRequest): Promise<string> {
  return readTree(pool, 'id', await checkExists(pool, EXECUTIONS, request.viewer, id), request);
}

/** The executions a task started and everything below them as JSON, depth first. */
export async function readTaskTree(pool: ReadPool, taskId: string, request: SubExecutionsRequest): Promise<string> {
  return readTree(pool, 'task_execution_id', await checkExists(pool, TASKS, request.viewer, taskId), request);
}

async function readTree(pool: ReadPool, key: string, id: SeenId, request: SubExecutionsRequest): Promise<string> {
  const columns = EXECUTIONS.columns.filter((column) => column.listed === 'always' || request.includeOutput);
  const onlyErrors = request.errorsOnly ? " AND (k.id IS NULL OR k.state = 'ERROR')" : '';
  const rows = await pool.rows(
    `WITH RECURSIVE tree (id, depth, path) AS (
       SELECT e.id, 0, ARRAY[e.created_at::text || e.id] FROM workflow_executions e
         ${key === 'id' ? '' : 'LEFT JOIN task_executions k ON k.id = e.task_execution_id'}
         WHERE e.${key} = $1${key === 'id' ? '' : onlyErrors}
       UNION ALL
       SELECT e.id, tree.depth + 1, tree.path || (e.created_at::text || e.id) FROM tree
         JOIN workflow_executions e ON e.parent_execution_id = tree.id
         LEFT JOIN task_executions k ON k.id = e.task_execution_id
         WHERE ($2::integer < 0 OR tree.depth < $2::integer)${onlyErrors})
     SELECT ${selectList(columns)} FROM tree JOIN workflow_executions t ON t.id = tree.id ORDER BY tree.path`,
    [id, request.maxDepth],
  );
  return listJson('executions', columns, rows);
}
