import { stringifyJson } from '../../../src/core/shared/index.js';
import { isDict, isList, type Seen } from './compare.js';
import type { Http } from './http.js';

type Row = Readonly<Record<string, Seen>>;

/** A snapshot of an execution with its tasks, actions and sub-workflows, in an order that does not depend on time. */
export async function treeOf(http: Http, executionId: string): Promise<Seen> {
  const execution = rowOf((await http.call('GET', `/executions/${executionId}`)).body);
  const output = unpacked(execution.output);
  const isFailure = execution.state === 'ERROR' && isDict(output) && output.result === execution.state_info;
  const tasks = await Promise.all((await tasksOf(http, executionId)).map((task) => taskTree(http, String(task.id))));
  return {
    workflow: execution.workflow_name ?? null,
    state: execution.state ?? null,
    text: execution.state_info ?? null,
    input: unpacked(execution.input),
    output: isFailure ? { ...output, result: '<text>' } : output,
    tasks: sorted(tasks, (task) => [String(rowOf(task).name), canonical(task)]),
  };
}

/** By creation, then by name. */
export async function tasksOf(http: Http, executionId: string): Promise<readonly Row[]> {
  const rows = listIn((await http.call('GET', `/executions/${executionId}/tasks`)).body, 'tasks');
  return sorted(rows, (row) => [String(row.created_at), String(row.name)]);
}

/** The rows under a key of an answer; none when it is no such answer. */
export function listIn(body: Seen, key: string): readonly Row[] {
  const list = isDict(body) ? (body[key] ?? null) : null;
  return isList(list) ? list.map(rowOf) : [];
}

/** Fields that v2 sends as JSON text. */
export function unpacked(value: Seen | undefined): Seen {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value) as Seen;
  } catch {
    return value;
  }
}

async function taskTree(http: Http, id: string): Promise<Seen> {
  const task = rowOf((await http.call('GET', `/tasks/${id}`)).body);
  const result = unpacked(task.result);
  const answer = await http.call('GET', `/tasks/${id}/action_executions?include_output=true`);
  const actions = listIn(answer.body, 'action_executions').map(actionTree);
  return {
    name: task.name ?? null,
    type: task.type ?? null,
    state: task.state ?? null,
    text: task.state_info ?? null,
    published: unpacked(task.published) ?? {},
    published_global: unpacked(task.published_global) ?? {},
    result: task.state === 'ERROR' && typeof result === 'string' ? '<text>' : result,
    actions: sorted(actions, (action) => [canonical(action)]),
    ...(task.type === 'WORKFLOW' ? { subs: await subTrees(http, id) } : {}),
  };
}

async function subTrees(http: Http, taskId: string): Promise<Seen> {
  const rows = listIn((await http.call('GET', `/tasks/${taskId}/workflow_executions`)).body, 'executions');
  const trees = await Promise.all(rows.map((row) => treeOf(http, String(row.id))));
  return sorted(trees, (tree) => [canonical(tree)]);
}

function actionTree(action: Row): Seen {
  const output = unpacked(action.output);
  const tree = {
    accepted: Boolean(action.accepted),
    input: unpacked(action.input),
    name: action.name ?? null,
    state: action.state ?? null,
  };
  const isFailure = action.state === 'ERROR' && isDict(output) && typeof output.result === 'string';
  return isFailure ? { ...tree, output: { result: '<text>' }, text: output.result ?? null } : { ...tree, output };
}

function rowOf(value: Seen): Row {
  return isDict(value) ? value : {};
}

function sorted<T>(list: readonly T[], keys: (item: T) => readonly string[]): readonly T[] {
  return [...list].sort((a, b) => {
    const [left, right] = [keys(a).join('\n'), keys(b).join('\n')];
    return left < right ? -1 : Number(left > right);
  });
}

/** The text that the recorded lists were sorted by. */
function canonical(value: Seen): string {
  return stringifyJson(value, { style: 'python', sortKeys: true });
}
