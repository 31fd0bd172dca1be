import { evaluateRecursively, pyStr, typeName } from '../expressions/index.js';
import type { WorkflowSpec } from '../language/index.js';
import { InputError, isDict, type Json, type JsonObject } from '../shared/index.js';
import { fillDefaults } from './action-lookup.js';
import { dispatchCommands } from './dispatch.js';
import { type Decision, drain, finished } from './decide.js';
import { Draft } from './draft.js';
import { evaluateData, workflowScope } from './evaluation.js';
import type { StartRequest } from './events.js';
import { assertSize } from './field-size.js';
import { Flow } from './flow.js';
import { withPublishers } from './notify.js';
import { checkTarget, readyReverseTasks } from './reverse.js';
import type { ExecutionRow } from './rows.js';
import type { FlowScope } from './scope.js';
import type { FlowCommand } from './flow-command.js';
import { changeExecutionState, newWork, type Work } from './work.js';
import { checkWorkflowInput } from './workflow-input.js';
import { setWorkflowTimeout } from './workflow-timeout.js';

/**
 * A new execution with everything that happens in its first transaction. `params.env` is an object by now.
 * @throws InputError and EvaluationError; then there is no execution
 */
export function startFlow(request: StartRequest, spec: WorkflowSpec, scope: FlowScope): Decision {
  const flow = new Flow(
    { execution: newExecution(request, spec, scope), tasks: [], actions: [], children: [], timers: [] },
    spec,
  );
  const work = newWork(new Draft(flow, true), scope);
  for (const field of ['input', 'params'] as const) assertSize(work, field, flow.execution[field]);
  evaluateEnvironment(work);
  evaluateVars(work);
  setWorkflowTimeout(work);
  changeExecutionState(work, 'RUNNING');
  work.mayHaveEnded = true;
  dispatchCommands(work, firstCommands(work));
  drain(work);
  return { draft: finished(work), refusals: [] };
}

function newExecution(request: StartRequest, spec: WorkflowSpec, scope: FlowScope): ExecutionRow {
  const { workflow, params, parent } = request;
  checkWorkflowInput(workflow.name, spec, request.input);
  if (spec.type === 'reverse') checkTarget(spec, params['task_name']);
  const at = scope.tick();
  return {
    id: request.id,
    version: 0,
    projectId: request.projectId,
    workflowId: workflow.id,
    workflowName: workflow.name,
    workflowNamespace: workflow.namespace,
    specId: workflow.specId,
    description: request.description,
    tags: spec.tags,
    params: withPublishers(
      { ...params, namespace: params['namespace'] ?? workflow.namespace, env: params['env'] ?? {} },
      scope.settings.notify ?? [],
    ),
    input: fillDefaults(spec.input, request.input),
    output: {},
    context: { __execution: { id: request.id } },
    state: 'IDLE',
    stateInfo: null,
    taskExecutionId: parent?.taskExecutionId ?? null,
    parentExecutionId: parent?.executionId ?? null,
    rootExecutionId: parent?.rootExecutionId ?? null,
    depth: parent === undefined ? 0 : (parent.depth ?? 1),
    runtimeContext: {
      index: parent?.index ?? 0,
      ...(workflow.workbookName === null ? {} : { wb_name: workflow.workbookName }),
    },
    accepted: true,
    createdAt: at,
    updatedAt: at,
  };
}

/** Values of the environment may use `env()`; they are evaluated once, unless `evaluate_env` is false. */
function evaluateEnvironment(work: Work): void {
  const { params } = work.draft.execution;
  const env = params['env'] ?? {};
  if (!isDict(env))
    throw new InputError(`Unexpected value type for environment [env=${pyStr(env)}, type=<class '${typeName(env)}'>]`);
  if (params['evaluate_env'] === false || Object.keys(env).length === 0) return;
  const scope = { ...workflowScope(work.draft, work.scope), layers: [{ __env: env as JsonObject }] };
  const own = { ...scope, functions: { ...scope.functions, env: (): Json => env } };
  work.draft.setExecution({ params: { ...params, env: evaluateRecursively(env, own) } });
}

/** Vars do not see each other. */
function evaluateVars(work: Work): void {
  const { vars } = work.draft.spec;
  if (vars === undefined) return;
  const values = evaluateData(vars, workflowScope(work.draft, work.scope)) as JsonObject;
  work.draft.setExecution({ context: { ...work.draft.execution.context, ...values } });
}

function firstCommands(work: Work): readonly FlowCommand[] {
  if (work.draft.spec.type === 'reverse') return readyReverseTasks(work);
  return work.draft.spec.startTasks.map((name) => ({ kind: 'run', name, event: null, taskId: null }));
}
