import type { SeenId } from '../tenancy.js';
import type { ReadPool, TextRow } from './read-pool.js';

/** The state of an execution or of one of its tasks, as of a version of the execution. */
export interface StateChange {
  readonly kind: 'execution' | 'task';
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly stateInfo: string | null;
  /** Version of the execution in which this row was last written. */
  readonly version: number;
}

/** One statement, so that tasks and execution are of the same moment; the execution comes last. */
const CHANGED = `SELECT 'task', id, name, state, state_info, flow_version::text
    FROM task_executions WHERE execution_id = $1 AND flow_version > $2
  UNION ALL SELECT 'execution', id, workflow_name, state, state_info, version::text
    FROM workflow_executions WHERE id = $1 AND version > $2`;

/**
 * Tasks of an execution that were written after a version, in the order of their versions, and then the execution itself.
 * @param version  0 for all
 */
export async function readStateChanges(pool: ReadPool, id: SeenId, version: number): Promise<readonly StateChange[]> {
  const changes = (await pool.rows(CHANGED, [id, version])).map(changeOf);
  return changes.toSorted(
    (a, b) => Number(a.kind === 'execution') - Number(b.kind === 'execution') || a.version - b.version,
  );
}

function changeOf([kind, id, name, state, stateInfo, version]: TextRow): StateChange {
  return {
    kind: kind === 'task' ? 'task' : 'execution',
    id: id ?? '',
    name: name ?? '',
    state: state ?? '',
    stateInfo: stateInfo ?? null,
    version: Number(version),
  };
}
