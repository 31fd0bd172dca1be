import type { SeenId } from '../tenancy.js';
import type { ReadPool } from './read-pool.js';

const FAILED = `SELECT id, error_handled FROM task_executions WHERE execution_id = $1 AND state = 'ERROR'
  ORDER BY coalesce(finished_at, updated_at, created_at), id`;

/**
 * Tasks with which an execution in ERROR goes on: those whose error nothing has handled, or else the one that failed last,
 * as when `on-error` has led to `fail`.
 */
export async function readTasksToRerun(pool: ReadPool, executionId: SeenId): Promise<readonly string[]> {
  const failed = await pool.rows(FAILED, [executionId]);
  const unhandled = failed.filter(([, isHandled]) => isHandled === 'f');
  return (unhandled.length > 0 ? unhandled : failed.slice(-1)).flatMap(([id]) => id ?? []);
}
