import { dictGet, isDict, parseJson } from '../../core/shared/index.js';
import type { Viewer } from '../tenancy.js';
import type { ReadPool, TextRow } from './read-pool.js';
import { checkExists } from './pages.js';
import { estimatedSeconds } from './report-estimate.js';
import { EXECUTIONS } from './execution-resources.js';

/** What the report of an execution takes. */
export interface ReportRequest {
  readonly viewer: Viewer;
  readonly errorsOnly: boolean;
  /** 0 is the execution itself; -1 means without limit. */
  readonly maxDepth: number;
  readonly statisticsOnly: boolean;
}

type Entry = Record<string, unknown>;

const HEAD = `, t.created_at AT TIME ZONE 'UTC', t.updated_at AT TIME ZONE 'UTC', t.state, t.state_info`;
/** A node that runs an action is heard of each time it renews its lease. */
const HEARD_OF = `CASE WHEN t.state = 'RUNNING' AND t.dispatch = 'queued' THEN greatest(t.last_heartbeat,
  (SELECT n.renewed_at FROM executor_nodes n WHERE n.name = t.claimed_by)) ELSE t.last_heartbeat END`;
const TREE = `WITH RECURSIVE tree (id, depth) AS (
  SELECT e.id, 0 FROM workflow_executions e WHERE e.id = $1 UNION ALL
  SELECT e.id, tree.depth + 1 FROM tree JOIN workflow_executions e ON e.parent_execution_id = tree.id
    WHERE $2::integer < 0 OR tree.depth <= $2::integer)`;
const WITH_TASKS = '($2::integer < 0 OR tree.depth <= $2::integer)';
const COUNTED = ['RUNNING', 'SUCCESS', 'ERROR', 'IDLE', 'PAUSED'];

/** Counts of tasks by state, and the tree of executions, tasks and actions, as JSON. */
export async function readReport(pool: ReadPool, id: string, request: ReportRequest): Promise<string> {
  const seenId = await checkExists(pool, EXECUTIONS, request.viewer, id);
  const values = [seenId, request.maxDepth];
  const onlyErrors = request.errorsOnly ? " AND t.state = 'ERROR'" : '';
  const executions = await pool.rows(
    `${TREE} SELECT t.id, t.workflow_name${HEAD}, t.task_execution_id, tree.depth FROM tree
     JOIN workflow_executions t ON t.id = tree.id ORDER BY t.created_at, t.id`,
    values,
  );
  const tasks = await pool.rows(
    `${TREE} SELECT t.id, t.name${HEAD}, t.execution_id, t.runtime_context FROM tree
     JOIN task_executions t ON t.execution_id = tree.id WHERE ${WITH_TASKS}${onlyErrors} ORDER BY t.created_at, t.id`,
    values,
  );
  const reached = reachable(id, executions, tasks);
  const statistics = { ...counts(reached), estimated_time: await estimatedSeconds(pool, seenId, request.viewer) };
  if (request.statisticsOnly) return JSON.stringify({ statistics });
  const actions = await pool.rows(
    `${TREE} SELECT t.id, t.name${HEAD}, t.task_execution_id, t.accepted, (${HEARD_OF}) AT TIME ZONE 'UTC' FROM tree
     JOIN action_executions t ON t.execution_id = tree.id WHERE ${WITH_TASKS} ORDER BY t.created_at, t.id`,
    values,
  );
  return JSON.stringify({
    statistics,
    root_workflow_execution: build(id, request.maxDepth, executions, reached, actions),
  });
}

/** With `errors_only` a sub-workflow hangs on a task that may have been left out; then its tasks don't count either. */
function reachable(rootId: string, executions: readonly TextRow[], tasks: readonly TextRow[]): readonly TextRow[] {
  const shown = new Set<string | null | undefined>([rootId]);
  const byExecution = groupBy(tasks, 6);
  const byTask = groupBy(executions, 6);
  const reached: TextRow[] = [];
  for (const executionId of shown) {
    for (const task of byExecution.get(executionId ?? '') ?? []) {
      reached.push(task);
      for (const child of byTask.get(task[0] ?? '') ?? []) shown.add(child[0]);
    }
  }
  return reached;
}

function counts(tasks: readonly TextRow[]): Entry {
  const of = (state: string): number => tasks.filter((task) => task[4] === state).length;
  return {
    total_tasks_count: COUNTED.reduce((sum, state) => sum + of(state), 0),
    running_tasks_count: of('RUNNING'),
    success_tasks_count: of('SUCCESS'),
    error_tasks_count: of('ERROR'),
    idle_tasks_count: of('IDLE'),
    paused_tasks_count: of('PAUSED'),
  };
}

function build(
  rootId: string,
  maxDepth: number,
  executions: readonly TextRow[],
  tasks: readonly TextRow[],
  actions: readonly TextRow[],
): Entry | undefined {
  const actionsOf = groupBy(actions, 6);
  const tasksOf = groupBy(tasks, 6);
  const childrenOf = groupBy(executions, 6);
  const taskEntry = (row: TextRow): Entry => ({
    ...head(row),
    ...retries(row[7] ?? '{}'),
    workflow_executions: (childrenOf.get(row[0] ?? '') ?? []).map(executionEntry),
    action_executions: (actionsOf.get(row[0] ?? '') ?? []).map(actionEntry),
  });
  const executionEntry = (row: TextRow): Entry => {
    const isBeyond = maxDepth >= 0 && Number(row[7]) > maxDepth;
    return isBeyond ? head(row) : { ...head(row), task_executions: (tasksOf.get(row[0] ?? '') ?? []).map(taskEntry) };
  };
  const root = executions.find((row) => row[0] === rootId);
  return root === undefined ? undefined : executionEntry(root);
}

function actionEntry(row: TextRow): Entry {
  return { ...head(row), accepted: row[7] === 't', last_heartbeat: second(row[8]) };
}

function head(row: TextRow): Entry {
  const [id, name, createdAt, updatedAt, state, stateInfo] = row;
  return { id, name, created_at: second(createdAt), updated_at: second(updatedAt), state, state_info: stateInfo };
}

function retries(runtimeContext: string): Entry {
  const context = parseJson(runtimeContext, { allowNaN: true });
  const policy = isDict(context) ? dictGet(context, 'retry_task_policy') : undefined;
  const count = isDict(policy) ? dictGet(policy, 'retry_no') : undefined;
  return typeof count === 'number' ? { retry_count: count } : {};
}

function second(time: string | null | undefined): string | null {
  return time?.slice(0, 19) ?? null;
}

function groupBy(rows: readonly TextRow[], column: number): ReadonlyMap<string, readonly TextRow[]> {
  const groups = new Map<string, TextRow[]>();
  for (const row of rows) {
    const key = row[column] ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
