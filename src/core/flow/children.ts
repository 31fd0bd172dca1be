import type { JsonObject } from '../shared/index.js';
import type { ActionOutcome } from './events.js';
import { assertSize } from './field-size.js';
import { namespaceOf, type Prepared } from './prepare.js';
import type { ActionDispatch, ActionRow, TaskRow } from './rows.js';
import type { Wait } from './scope.js';
import { timeoutOf } from './task-timeout.js';
import { isWait, waitTimer } from './waiting-actions.js';
import { current, now, specOf, type Work } from './work.js';

/** Starts a prepared child; a pure action runs at once and its result is the next step of this decision. */
export function startChild(work: Work, task: TaskRow, prepared: Prepared, index: number): void {
  if (prepared.kind === 'action') startAction(work, task, prepared, index);
  else startWorkflow(work, task, prepared, index);
}

type PreparedAction = Extract<Prepared, { kind: 'action' }>;
type PreparedWorkflow = Extract<Prepared, { kind: 'workflow' }>;

function startAction(work: Work, task: TaskRow, prepared: PreparedAction, index: number): void {
  const { action } = prepared;
  assertSize(work, 'input', action.input);
  const id = work.scope.newId();
  const { dispatch, outcome, wait } = placement(work, prepared, id);
  const row = { ...newAction(work, task, prepared, index), id, dispatch };
  work.draft.addAction(row);
  if (wait !== undefined) work.draft.setTimer(waitTimer(row, wait));
  else if (outcome !== undefined) work.steps.push({ kind: 'action-done', actionId: id, outcome });
  else if (dispatch === 'queued') work.draft.command({ kind: 'run-action', actionId: id });
}

interface Placement {
  readonly dispatch: ActionDispatch;
  readonly outcome?: ActionOutcome;
  readonly wait?: Wait;
}

/**
 * A pure action is run inside the loop while the budget lasts; what is left over waits for the next transaction. One that
 * only waits needs no executor, not even the one that is asked for.
 */
function placement(work: Work, prepared: PreparedAction, id: string): Placement {
  const { plain, plainInput } = prepared.action;
  if (plain.runPure === undefined) return { dispatch: 'queued' };
  if (!work.scope.hasBudget()) {
    work.hasLeftovers = true;
    return { dispatch: 'inline' };
  }
  const answer = plain.runPure(plainInput, id);
  if (isWait(answer)) return { dispatch: 'timer', wait: answer };
  if (answer === undefined || prepared.target !== null) return { dispatch: 'queued' };
  return answer === 'pending' ? { dispatch: 'external' } : { dispatch: 'inline', outcome: answer };
}

function newAction(
  work: Work,
  task: TaskRow,
  prepared: PreparedAction,
  index: number,
): Omit<ActionRow, 'id' | 'dispatch'> {
  const { action } = prepared;
  const isWrapped = action.adhoc.length > 0;
  const at = now(work);
  return {
    taskExecutionId: task.id,
    executionId: task.executionId,
    projectId: task.projectId,
    workflowName: task.workflowName,
    workflowNamespace: task.workflowNamespace,
    name: action.name,
    description: '',
    tags: task.tags,
    state: 'RUNNING',
    stateInfo: null,
    accepted: false,
    input: action.input,
    output: null,
    index,
    run: current(work, task).run,
    isSync: !action.plain.isAsync,
    safeRerun: specOf(work, task).safeRerun || action.plain.isSafeToRerun === true,
    target: prepared.target,
    timeoutSeconds: actionTimeout(work, task),
    runName: action.plain.name,
    runInput: isWrapped ? action.plainInput : null,
    createdAt: at,
    updatedAt: at,
  };
}

function actionTimeout(work: Work, task: TaskRow): number | null {
  const timer = timeoutOf(work, task);
  return timer === undefined ? null : (timer.payload['seconds'] as number);
}

function startWorkflow(work: Work, task: TaskRow, prepared: PreparedWorkflow, index: number): void {
  const { execution } = work.draft;
  const id = work.scope.newId();
  const rootExecutionId = execution.rootExecutionId ?? execution.id;
  const depth = execution.depth + 1;
  const run = current(work, task).run;
  work.draft.addChild({
    id,
    taskExecutionId: task.id,
    workflowName: prepared.workflow.ref.name,
    state: 'RUNNING',
    stateInfo: null,
    output: {},
    accepted: true,
    index,
    run,
    createdAt: now(work),
  });
  work.draft.command({
    kind: 'start-child',
    request: {
      id,
      projectId: execution.projectId,
      workflow: prepared.workflow.ref,
      input: prepared.input,
      params: childParams(work, task, prepared, index, rootExecutionId),
      description: 'sub-workflow execution',
      parent: { executionId: execution.id, taskExecutionId: task.id, rootExecutionId, depth, index, run },
    },
  });
}

function childParams(
  work: Work,
  task: TaskRow,
  prepared: PreparedWorkflow,
  index: number,
  rootExecutionId: string,
): JsonObject {
  const notify = work.draft.execution.params['notify'];
  return {
    root_execution_id: rootExecutionId,
    task_execution_id: task.id,
    index,
    namespace: namespaceOf(work),
    ...(notify === undefined ? {} : { notify }),
    env: {},
    ...prepared.params,
  };
}
