import { dictGet, isDict, parseJson } from '../../core/shared/index.js';
import type { Viewer } from '../tenancy.js';
import { column } from './columns.js';
import type { ReadPool } from './read-pool.js';
import { byId, readRow } from './pages.js';
import { TASKS } from './execution-resources.js';

/** What decides whether a task may be run again. */
export interface TaskBefore {
  readonly name: string;
  readonly workflowName: string;
  readonly state: string;
  /** Whether its definition has `with-items`. */
  readonly hasItems: boolean;
}

const COLUMNS = [
  column('name', 'text'),
  column('workflow_name', 'text'),
  column('state', 'text'),
  column('spec', 'text', {
    sql: `(SELECT s.spec FROM workflow_executions e JOIN workflow_specs s ON s.id = e.spec_id WHERE e.id = t.execution_id)`,
  }),
];

/** @throws {NotFoundError} */
export async function readTaskBefore(pool: ReadPool, viewer: Viewer, id: string): Promise<TaskBefore> {
  const row = await readRow(pool, TASKS, viewer, COLUMNS, byId(id), TASKS.notFound(id));
  const [name = null, workflowName = null, state = null, spec = null] = row;
  return {
    name: name ?? '',
    workflowName: workflowName ?? '',
    state: state ?? '',
    hasItems: definesItems(spec ?? '{}', name ?? ''),
  };
}

function definesItems(spec: string, taskName: string): boolean {
  const workflow = parseJson(spec, { allowNaN: true });
  const tasks = isDict(workflow) ? dictGet(workflow, 'tasks') : undefined;
  const task = isDict(tasks) ? dictGet(tasks, taskName) : undefined;
  return isDict(task) && dictGet(task, 'with-items') !== undefined;
}
