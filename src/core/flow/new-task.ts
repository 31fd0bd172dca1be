import type { TaskSpec } from '../language/index.js';
import type { JsonObject } from '../shared/index.js';
import type { TaskRow } from './rows.js';
import type { Work } from './work.js';

/** A task execution in its first state; `triggers` is `[{task_id, event}]`, empty for start tasks. */
export function newTask(
  work: Work,
  spec: TaskSpec,
  state: 'IDLE' | 'WAITING',
  triggers: readonly JsonObject[],
): TaskRow {
  const { execution } = work.draft;
  const at = work.scope.tick();
  return work.draft.addTask({
    id: work.scope.newId(),
    executionId: execution.id,
    projectId: execution.projectId,
    workflowName: execution.workflowName,
    workflowNamespace: execution.workflowNamespace,
    workflowId: execution.workflowId,
    name: spec.name,
    type: spec.workflow === undefined ? 'ACTION' : 'WORKFLOW',
    state,
    stateInfo: state === 'WAITING' ? 'Task is waiting.' : null,
    tags: spec.tags,
    runtimeContext: triggers.length === 0 ? {} : { triggered_by: triggers },
    published: null,
    publishedGlobal: null,
    processed: false,
    nextTasks: null,
    hasNextTasks: false,
    errorHandled: false,
    items: null,
    run: 1,
    createdAt: at,
    updatedAt: at,
    startedAt: null,
    finishedAt: null,
  });
}
