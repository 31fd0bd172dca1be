import { type SeenId, type Viewer, visibleTo } from '../tenancy.js';
import type { ReadPool } from './read-pool.js';

const SQL = `SELECT t.state, floor(extract(epoch FROM clock_timestamp() - t.created_at)), (
    SELECT avg(extract(epoch FROM h.ended_at - h.created_at)) FROM (
      SELECT e.created_at, coalesce(e.finished_at, e.updated_at) AS ended_at FROM workflow_executions e
      WHERE e.workflow_id = t.workflow_id AND e.state = 'SUCCESS' AND ($2::boolean OR ${visibleTo('e', '$3', 'no')})
      ORDER BY e.created_at DESC LIMIT 20) h)
  FROM workflow_executions t WHERE t.id = $1`;

/**
 * Seconds a running execution will still take, judged by up to 20 runs of its workflow that ended well: 1 when it is
 * overdue, -1 without such runs, 0 unless it is RUNNING.
 */
export async function estimatedSeconds(pool: ReadPool, id: SeenId, viewer: Viewer): Promise<number> {
  const [row] = await pool.rows(SQL, [id, viewer.isAdmin, viewer.projectId]);
  if (row?.[0] !== 'RUNNING') return 0;
  const mean = row[2];
  if (mean == null) return -1;
  const left = Math.round(Number(mean) - Number(row[1]));
  return left < 0 ? 1 : left;
}
