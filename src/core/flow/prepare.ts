import { type EvaluationScope, pyStr, typeName } from '../expressions/index.js';
import type { CallSpec } from '../language/index.js';
import { isDict, type Json, type JsonObject, mergeDicts, StateError } from '../shared/index.js';
import { ActionLookupError, fillDefaults, resolveAction, type ResolvedAction } from './action-lookup.js';
import { adhocScope, environmentOf, evaluateData, inputScope } from './evaluation.js';
import type { TaskRow } from './rows.js';
import type { WorkflowDefinition } from './scope.js';
import { messageOf, specOf, type Work } from './work.js';
import { treeRoomProblem } from './tree-room.js';
import { workflowInputProblem } from './workflow-input.js';

/** A child (action or sub-workflow) that can be started: everything that may fail has been done. */
export type Prepared =
  | { readonly kind: 'action'; readonly action: ResolvedAction; readonly target: string | null }
  | {
      readonly kind: 'workflow';
      readonly workflow: WorkflowDefinition;
      readonly input: JsonObject;
      readonly params: JsonObject;
    };

/** An error that ends the task only, so that on-error may handle it; all others end the execution. */
export class OrdinaryTaskError extends StateError {}

/** @throws OrdinaryTaskError, or another MistralError that ends the execution */
export function prepareChild(work: Work, task: TaskRow, items?: JsonObject): Prepared {
  const spec = specOf(work, task);
  const scope = inputScope(work.draft, work.scope, task, items);
  return spec.workflow === undefined
    ? prepareAction(work, task, spec.action, scope, items !== undefined)
    : prepareWorkflow(work, task, spec.workflow, scope, items !== undefined);
}

function prepareAction(
  work: Work,
  task: TaskRow,
  call: CallSpec | undefined,
  scope: EvaluationScope,
  isItem: boolean,
): Prepared {
  const name = call === undefined ? 'std.noop' : callName(call, scope, isItem) || 'std.noop';
  const input = actionDefaults(work, name, childInput(work, task, call, scope));
  const request = { name, input, namespace: task.workflowNamespace, workbookName: workbookOf(work) };
  const action = resolved(work, task, request, isItem);
  const target = specOf(work, task).target;
  return {
    kind: 'action',
    action,
    target: target === undefined ? null : pyStr(evaluateData(target, targetScope(scope, input))),
  };
}

function resolved(
  work: Work,
  task: TaskRow,
  request: Parameters<typeof resolveAction>[1],
  isItem: boolean,
): ResolvedAction {
  try {
    return resolveAction(work.scope, request, (params) => adhocScope(work.draft, work.scope, task, params));
  } catch (error) {
    if (!(error instanceof ActionLookupError)) throw error;
    const isOrdinary = error.reason === 'build' || (error.reason === 'unknown' && isItem);
    throw isOrdinary ? new OrdinaryTaskError(error.message) : error;
  }
}

function targetScope(scope: EvaluationScope, input: JsonObject): EvaluationScope {
  return { ...scope, layers: [input, ...scope.layers] };
}

function prepareWorkflow(work: Work, task: TaskRow, call: CallSpec, scope: EvaluationScope, isItem: boolean): Prepared {
  const name = callName(call, scope, isItem) ?? 'None';
  const namespace = namespaceOf(work);
  const book = workbookOf(work);
  const member = book === null ? undefined : work.scope.workflow(`${book}.${name}`, namespace);
  const workflow = member ?? work.scope.workflow(name, namespace);
  if (workflow === undefined)
    throw new OrdinaryTaskError(`Failed to find workflow [name=${name}] [namespace=${namespace}]`);
  const { input, params } = splitInput(workflow, childInput(work, task, call, scope));
  const problem = workflowInputProblem(workflow.ref.name, workflow.spec, input);
  if (problem !== undefined) throw new OrdinaryTaskError(problem);
  const noRoom = treeRoomProblem(work, workflow.ref.name);
  if (noRoom !== undefined) throw new OrdinaryTaskError(noRoom);
  return { kind: 'workflow', workflow, input: fillDefaults(workflow.spec.input, input), params };
}

/** What a sub-workflow does not declare becomes one of its params: `env`, `task_name`, `notify`. */
function splitInput(
  workflow: WorkflowDefinition,
  given: JsonObject,
): { readonly input: JsonObject; readonly params: JsonObject } {
  const declared = new Set(workflow.spec.input.map((spec) => spec.name));
  const entries = Object.entries(given);
  return {
    input: Object.fromEntries(entries.filter(([name]) => declared.has(name))),
    params: Object.fromEntries(entries.filter(([name]) => !declared.has(name))),
  };
}

function callName(call: CallSpec, scope: EvaluationScope, isOrdinary: boolean): string | null {
  try {
    const name = evaluateData(call.name, scope);
    return name === null ? null : pyStr(name);
  } catch (error) {
    const message = messageOf(error);
    throw isOrdinary ? new OrdinaryTaskError(message) : error;
  }
}

/** `input:` and the parameters of the one-line call; on equal keys the latter win. */
function childInput(work: Work, task: TaskRow, call: CallSpec | undefined, scope: EvaluationScope): JsonObject {
  const written = specOf(work, task).input;
  if (typeof written !== 'string')
    return evaluateData(mergeDicts(written ?? {}, call?.params ?? {}), scope) as JsonObject;
  const value = evaluateData(written, scope);
  if (!isDict(value)) throw new StateError(wrongDynamicInput(task, value));
  return mergeDicts(value, evaluateData(call?.params ?? {}, scope) as JsonObject) as JsonObject;
}

function wrongDynamicInput(task: TaskRow, value: Json): string {
  return `Wrong dynamic input for task: ${task.name}. Dict type is expected. Actual type: <class '${typeName(value)}'>. Actual value: ${pyStr(value)}`;
}

/** Parameters from `__actions.<name>` of the execution's own environment, for keys that are missing. */
function actionDefaults(work: Work, name: string, input: JsonObject): JsonObject {
  const { params, parentExecutionId } = work.draft.execution;
  const env =
    parentExecutionId === null ? environmentOf(work.draft, work.scope) : ((params['env'] ?? {}) as JsonObject);
  const defaults = ((env['__actions'] ?? {}) as JsonObject)[name];
  return defaults !== undefined && isDict(defaults) ? mergeTop(defaults as JsonObject, input) : input;
}

function workbookOf(work: Work): string | null {
  return (work.draft.execution.runtimeContext['wb_name'] ?? null) as string | null;
}

export function namespaceOf(work: Work): string {
  return (work.draft.execution.params['namespace'] ?? '') as string;
}

function mergeTop(defaults: JsonObject, input: JsonObject): JsonObject {
  return { ...defaults, ...input };
}
