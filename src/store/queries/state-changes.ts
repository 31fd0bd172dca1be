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

/** Where to go on: behind this task of this version. */
export interface ChangesCursor {
  readonly version: number;
  /** Empty for before all tasks of the version. */
  readonly taskId: string;
}

/** Some changes, as of one moment. */
export interface StateChanges {
  /** In the order of their versions. */
  readonly tasks: readonly StateChange[];
  /** Absent when it was deleted. */
  readonly execution: StateChange | undefined;
  /** Where more begins: with tasks that are left, or with the next version. */
  readonly next: ChangesCursor;
  readonly hasMore: boolean;
}

const PAGE = 500;

/** One statement, so that tasks and execution are of the same moment; the execution comes last. */
const CHANGED = `(SELECT 'task', id, name, state, state_info, flow_version::text FROM task_executions
    WHERE execution_id = $1 AND flow_version >= $2 AND (flow_version, id) > ($2, $3)
    ORDER BY flow_version, id LIMIT ${PAGE})
  UNION ALL SELECT 'execution', id, workflow_name, state, state_info, version::text
    FROM workflow_executions WHERE id = $1`;
const VERSIONS = 'SELECT id, version::text FROM workflow_executions WHERE id = ANY ($1::text[])';

/** The next tasks of an execution that were written since, and the execution itself. */
export async function readStateChanges(pool: ReadPool, id: SeenId, after: ChangesCursor): Promise<StateChanges> {
  const all = (await pool.rows(CHANGED, [id, after.version, after.taskId])).map(changeOf);
  const tasks = all.filter(({ kind }) => kind === 'task');
  const execution = all.find(({ kind }) => kind === 'execution');
  const last = tasks.at(-1);
  if (last !== undefined && tasks.length === PAGE)
    return { tasks, execution, next: { version: last.version, taskId: last.id }, hasMore: true };
  const next = { version: (execution?.version ?? after.version) + 1, taskId: '' };
  return { tasks, execution, next, hasMore: false };
}

/** The versions that executions have now; those that are gone have none. */
export async function readVersions(pool: ReadPool, ids: readonly SeenId[]): Promise<ReadonlyMap<string, number>> {
  const rows = await pool.rows(VERSIONS, [ids]);
  return new Map(rows.map(([id, version]) => [id ?? '', Number(version)]));
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
