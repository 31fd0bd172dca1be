import type { Json, JsonObject } from '../shared/index.js';
import type { FlowReader } from './flow.js';
import type { ActionRow, ChildRow, TaskRow } from './rows.js';
import { formatInstant } from './times.js';

/**
 * What `task()` shows: `{id, name, spec, state, state_info, result, published, type, workflow_execution_id, created_at,
 * updated_at}` (section 3.3 of the engine's contract).
 */
export function taskData(flow: FlowReader, task: TaskRow): JsonObject {
  return {
    id: task.id,
    name: task.name,
    spec: flow.spec.tasks.get(task.name)?.raw ?? {},
    state: task.state,
    state_info: task.stateInfo,
    result: taskResult(flow, task),
    published: task.published ?? {},
    type: task.type,
    workflow_execution_id: task.executionId,
    created_at: formatInstant(task.createdAt),
    updated_at: formatInstant(task.updatedAt),
  };
}

/** With-items: the results that count, by index. Else the result of the one child that counts; none is `[]`, several a list. */
export function taskResult(flow: FlowReader, task: TaskRow): Json {
  const children: readonly (ActionRow | ChildRow)[] =
    task.type === 'ACTION' ? flow.actionsOf(task.id) : flow.childrenOf(task.id);
  const counted = children.filter((child) => child.accepted && child.state !== 'RUNNING' && child.state !== 'PAUSED');
  const isItems = (flow.spec.tasks.get(task.name)?.withItems.length ?? 0) > 0;
  if (isItems) counted.sort((a, b) => a.index - b.index);
  const results = counted.map(resultOf);
  return !isItems && results.length === 1 ? (results[0] ?? null) : results;
}

/** An action's `output.result`; the whole output of a sub-workflow. */
export function resultOf(child: ActionRow | ChildRow): Json {
  return 'input' in child ? (child.output?.['result'] ?? null) : child.output;
}
