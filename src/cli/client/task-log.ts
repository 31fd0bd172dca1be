import { compareCodePoints } from '../../core/shared/index.js';
import { fetchAll } from './lists.js';
import { pathOf, type ServiceClient } from './service-client.js';

/** A task as lists answer it, with its path through sub-workflows, e.g. `create/ping`. */
export interface LoggedTask {
  readonly path: string;
  readonly id: string;
  readonly name: string;
  readonly workflow_name: string;
  readonly state: string;
  readonly state_info: string | null;
  readonly created_at: string;
  readonly updated_at: string | null;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

interface TreeExecution {
  readonly id: string;
  readonly task_execution_id: string | null;
}

const FIELDS =
  'id,name,workflow_name,workflow_execution_id,state,state_info,created_at,updated_at,started_at,finished_at';
/** Executions whose tasks are asked for at the same time. */
const AT_ONCE = 8;

/** All tasks of an execution and of everything below it, in the order in which they started. */
export async function fetchTaskLog(client: ServiceClient, executionId: string): Promise<readonly LoggedTask[]> {
  const tree = pathOf('executions', executionId, 'executions');
  const { executions } = await client.get<{ executions: readonly TreeExecution[] }>(tree, { max_depth: -1 });
  const tasks: (readonly Omit<LoggedTask, 'path'>[])[] = [];
  for (let i = 0; i < executions.length; i += AT_ONCE)
    tasks.push(...(await Promise.all(executions.slice(i, i + AT_ONCE).map(({ id }) => tasksOf(client, id)))));
  return withPaths(executionId, executions, tasks).sort((a, b) => compareCodePoints(startOf(a), startOf(b)));
}

function tasksOf(client: ServiceClient, executionId: string): Promise<readonly Omit<LoggedTask, 'path'>[]> {
  return fetchAll(client, pathOf('executions', executionId, 'tasks'), 'tasks', { fields: FIELDS });
}

/** Executions come with parents before their children. */
function withPaths(
  rootId: string,
  executions: readonly TreeExecution[],
  tasks: readonly (readonly Omit<LoggedTask, 'path'>[])[],
): LoggedTask[] {
  const paths = new Map<string, string>();
  return executions.flatMap(({ id, task_execution_id }, i) => {
    const above = id === rootId ? undefined : paths.get(task_execution_id ?? '');
    return (tasks[i] ?? []).map((task) => {
      const path = above === undefined ? task.name : `${above}/${task.name}`;
      paths.set(task.id, path);
      return { path, ...task };
    });
  });
}

function startOf({ started_at, created_at }: LoggedTask): string {
  return started_at ?? created_at;
}
