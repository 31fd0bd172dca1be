import { ForbiddenError } from '../../core/shared/index.js';
import type { Viewer } from '../tenancy.js';
import { column } from './columns.js';
import { byId, readRow } from './pages.js';
import type { ReadPool } from './read-pool.js';
import { ACTION_EXECUTIONS } from './resources.js';

const COLUMNS = [column('task_execution_id', 'text'), column('state', 'text')];
const FINAL = ['SUCCESS', 'ERROR', 'CANCELLED'];

/**
 * Deletes a finished action execution that no task owns. Nothing else ever changes such a row, so it takes no lock.
 * @throws {ForbiddenError} when a task owns it or it has not ended
 * @throws {NotFoundError}
 */
export async function removeActionExecution(pool: ReadPool, viewer: Viewer, id: string): Promise<void> {
  const own = { ...viewer, isAdmin: false };
  const [taskId, state] = await readRow(
    pool,
    ACTION_EXECUTIONS,
    own,
    COLUMNS,
    byId(id),
    ACTION_EXECUTIONS.notFound(id),
  );
  if (taskId !== null) throw new ForbiddenError('Only ad-hoc action execution can be deleted.');
  if (!FINAL.includes(state ?? '')) throw new ForbiddenError('Only completed action execution can be deleted.');
  await pool.rows(
    'DELETE FROM action_executions WHERE id = $1 AND task_execution_id IS NULL AND state = ANY ($2::text[])',
    [id, FINAL],
  );
}
