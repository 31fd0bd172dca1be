import {
  type ContextLayers,
  type DataFunctions,
  evaluateToJson,
  type EvaluationScope,
  mapWanting,
} from '../expressions/index.js';
import { dictEntries, isDict, type Json, type JsonObject, toDict } from '../shared/index.js';
import type { Context } from './context-types.js';
import { inboundContext, outboundContext } from './context.js';
import type { Draft } from './draft.js';
import type { TaskRow } from './rows.js';
import type { FlowScope } from './scope.js';
import { executionsData, tasksData } from './other-executions.js';
import { taskData } from './task-data.js';
import { formatInstant } from './times.js';

/**
 * Evaluates every expression in `data`, at any depth; unlike in Mistral also when the data context is empty or false, as
 * after an action whose result is null. @throws EvaluationError, NeedsData
 */
export function evaluateData(data: Json, scope: EvaluationScope): Json {
  if (typeof data === 'string') return evaluateToJson(data, scope);
  if (Array.isArray(data)) return mapWanting(data as readonly Json[], (item) => evaluateData(item, scope));
  if (!isDict(data)) return data;
  return toDict(mapWanting(dictEntries(data), ([key, value]) => [key, evaluateData(value, scope)] as const));
}

/** Input, with-items, names and policies: task, env, item variables, inbound context, workflow context, workflow input. */
export function inputScope(draft: Draft, scope: FlowScope, task: TaskRow, items?: JsonObject): EvaluationScope {
  const inbound = inboundContext(draft, task, scope.settings.mergeStrategy);
  const own = items === undefined ? [] : [items];
  return {
    layers: [about(task), ...own, envLayer(draft, scope), ...branch(inbound), ...workflowLayers(draft)],
    ...evaluating(draft, scope, task),
  };
}

/** Publish: as the input, but the branch's variables come before the environment. */
export function publishScope(draft: Draft, scope: FlowScope, task: TaskRow): EvaluationScope {
  const inbound = inboundContext(draft, task, scope.settings.mergeStrategy);
  return {
    layers: [about(task), ...branch(inbound), envLayer(draft, scope), ...workflowLayers(draft)],
    ...evaluating(draft, scope, task),
  };
}

/** Guards and messages, break-on and continue-on: what the task itself published is seen. */
export function guardScope(draft: Draft, scope: FlowScope, task: TaskRow): EvaluationScope {
  const outbound = outboundContext(draft, task, scope.settings.mergeStrategy);
  return {
    layers: [about(task), ...branch(outbound), envLayer(draft, scope), ...workflowLayers(draft)],
    ...evaluating(draft, scope, task),
  };
}

/** Vars, output, output-on-error: a context of the whole workflow. */
export function workflowScope(draft: Draft, scope: FlowScope, context?: Context): EvaluationScope {
  const first = context === undefined ? [] : [context.values];
  return {
    layers: [...first, envLayer(draft, scope), ...workflowLayers(draft)],
    ...evaluating(draft, scope, undefined),
  };
}

/** Base input of an ad-hoc action: its parameters before the task's context; the workflow's input is not seen. */
export function adhocScope(draft: Draft, scope: FlowScope, task: TaskRow, params: JsonObject): EvaluationScope {
  const inbound = inboundContext(draft, task, scope.settings.mergeStrategy);
  const layers = [params, envLayer(draft, scope), ...branch(inbound), draft.execution.context];
  return { layers, ...evaluating(draft, scope, task) };
}

/** Output of an ad-hoc action: the result is the root. */
export function resultScope(draft: Draft, scope: FlowScope, task: TaskRow | undefined, root: Json): EvaluationScope {
  return { layers: [], root, ...evaluating(draft, scope, task) };
}

function about(task: TaskRow): JsonObject {
  return { __task_execution: { id: task.id, name: task.name } };
}

function branch(context: Context): ContextLayers {
  if (context.versions.size === 0) return [context.values];
  const versions = {
    get __versions(): JsonObject {
      return Object.fromEntries(context.versions);
    },
  };
  return [context.values, versions];
}

function workflowLayers(draft: Draft): ContextLayers {
  return [draft.execution.context, draft.execution.input];
}

function envLayer(draft: Draft, scope: FlowScope): JsonObject {
  return {
    get __env(): Json {
      return environmentOf(draft, scope);
    },
  };
}

/** The environment of the root execution; `{}` if it has none. */
export function environmentOf(draft: Draft, scope: FlowScope): JsonObject {
  const { rootExecutionId, params } = draft.execution;
  if (rootExecutionId !== null) return scope.rootEnv(rootExecutionId);
  return (params['env'] ?? {}) as JsonObject;
}

function evaluating(
  draft: Draft,
  scope: FlowScope,
  current: TaskRow | undefined,
): Pick<EvaluationScope, 'bounds' | 'functions'> {
  const functions = functionsFor(draft, scope, current);
  return scope.bounds === undefined ? { functions } : { functions, bounds: scope.bounds };
}

function functionsFor(draft: Draft, scope: FlowScope, current: TaskRow | undefined): DataFunctions {
  return {
    env: () => environmentOf(draft, scope),
    execution: () => executionData(draft),
    executions: (query) => executionsData(draft, scope, query),
    task: (name) => namedTask(draft, current, name),
    tasks: (query) => tasksData(draft, scope, query),
    global: (name) => (Object.hasOwn(draft.execution.context, name) ? (draft.execution.context[name] ?? null) : null),
    uuid: scope.newId,
    now: scope.tick,
    random: scope.random,
  };
}

function namedTask(draft: Draft, current: TaskRow | undefined, name: string | null): Json {
  if (name === null || name === current?.name) {
    const own = current === undefined ? undefined : draft.task(current.id);
    return own === undefined ? null : taskData(draft, own);
  }
  const latest = draft.tasksNamed(name).at(-1);
  return latest === undefined ? null : taskData(draft, latest);
}

function executionData(draft: Draft): JsonObject {
  const { execution, spec } = draft;
  return {
    id: execution.id,
    name: execution.workflowName,
    spec: spec.raw,
    input: execution.input,
    params: execution.params,
    created_at: formatInstant(execution.createdAt),
    updated_at: formatInstant(execution.updatedAt),
    root_execution_id: execution.rootExecutionId,
  };
}
