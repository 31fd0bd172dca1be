import type { StartRequest } from '../core/flow/index.js';
import { pyStr, typeName } from '../core/expressions/index.js';
import { InputError, isDict, type Json, type JsonObject, mergeDicts, NotFoundError } from '../core/shared/index.js';
import { type FoundWorkflow, isOwn, type LookupStore, type SourceExecution, type Tx } from '../store/index.js';
import type { DefinitionCache } from './definition-cache.js';
import type { StartExecution } from './engine.js';

/** The parameter that says which version of its workflow an execution runs; absent for the present one. */
const VERSION = 'workflow_version';
const MAX_VERSION = 2_147_483_647;

/**
 * Completes what a caller asks for: the workflow by id or name (exactly in the given namespace), a saved environment by
 * name, and what is taken over from a source execution. @throws InputError, NotFoundError
 */
export async function startRequest(
  tx: Tx,
  lookups: LookupStore,
  definitions: DefinitionCache,
  asked: StartExecution & { readonly id: string },
  projectId: string,
): Promise<StartRequest> {
  const source = await sourceOf(tx, lookups, asked, projectId);
  const present = await workflowOf(tx, lookups, asked, source, projectId);
  const params = paramsOf(asked, source);
  const workflow = await asOfVersion(tx, lookups, present, params[VERSION]);
  await definitions.define(tx, workflow);
  return {
    id: asked.id,
    projectId,
    workflow,
    input: merged(source?.input, asked.input),
    params: await withEnvironment(tx, lookups, params, workflow.namespace, projectId),
    description: descriptionOf(asked),
  };
}

async function sourceOf(
  tx: Tx,
  lookups: LookupStore,
  asked: StartExecution & { readonly id: string },
  projectId: string,
): Promise<SourceExecution | undefined> {
  if (asked.sourceExecutionId === undefined) return undefined;
  const source = await lookups.source(tx, asked.sourceExecutionId);
  if (source === undefined || !isOwn({ projectId, isAdmin: false }, source))
    throw new NotFoundError(`WorkflowExecution not found [id=${asked.sourceExecutionId}]`);
  return source;
}

async function workflowOf(
  tx: Tx,
  lookups: LookupStore,
  asked: StartExecution & { readonly id: string },
  source: SourceExecution | undefined,
  projectId: string,
): Promise<FoundWorkflow> {
  const identifier = asked.workflowId ?? asked.workflowName ?? source?.workflowId ?? source?.workflowName;
  const namespace = asked.workflowNamespace ?? source?.workflowNamespace ?? '';
  if (identifier === undefined || identifier === '')
    throw new InputError('Workflow ID or workflow name must be provided. Workflow ID is recommended.');
  const found =
    (await lookups.workflowByName(tx, projectId, identifier, namespace)) ??
    (await lookups.workflowById(tx, projectId, identifier));
  if (found === undefined)
    throw new NotFoundError(`Workflow not found [workflow_identifier=${identifier}, namespace=${namespace}]`);
  return found;
}

/** A version belongs to a workflow, so it is not taken over from a source that ran another one. */
function paramsOf(asked: StartExecution, source: SourceExecution | undefined): JsonObject {
  const { [VERSION]: sourceVersion, ...others } = (source?.params ?? {}) as JsonObject;
  const isSame = asked.workflowId === undefined && asked.workflowName === undefined;
  const taken = isSame && sourceVersion !== undefined ? { ...others, [VERSION]: sourceVersion } : others;
  const params = merged(taken, asked.params);
  return asked.workflowVersion === undefined ? params : { ...params, [VERSION]: asked.workflowVersion };
}

async function asOfVersion(
  tx: Tx,
  lookups: LookupStore,
  workflow: FoundWorkflow,
  version: Json | undefined,
): Promise<FoundWorkflow> {
  if (version === undefined || version === null) return workflow;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1 || version > MAX_VERSION)
    throw new InputError(`The version of a workflow is a whole number from 1: ${VERSION}=${JSON.stringify(version)}`);
  const found = await lookups.workflowVersion(tx, workflow, version);
  if (found !== undefined) return found;
  throw new NotFoundError(`Workflow version not found [workflow_identifier=${workflow.name}, version=${version}]`);
}

async function withEnvironment(
  tx: Tx,
  lookups: LookupStore,
  params: JsonObject,
  namespace: string,
  projectId: string,
): Promise<JsonObject> {
  const named = { ...params, namespace: params['namespace'] ?? namespace };
  const { env } = params;
  if (env === undefined || env === null || env === '') return { ...named, env: {} };
  if (isDict(env)) return named;
  if (typeof env !== 'string')
    throw new InputError(`Unexpected value type for environment [env=${pyStr(env)}, type=<class '${typeName(env)}'>]`);
  const variables = await lookups.environment(tx, projectId, env);
  if (variables === undefined) throw new InputError(`Environment is not found: ${env}`);
  return { ...named, env: variables };
}

function descriptionOf(asked: StartExecution): string | null {
  if (asked.sourceExecutionId === undefined) return asked.description ?? '';
  return `${asked.description ?? ''} Based on the execution '${asked.sourceExecutionId}'`.trimStart();
}

/** What the caller gives over what the source had. */
function merged(source: Json | undefined, asked: JsonObject | undefined): JsonObject {
  return mergeDicts((source ?? {}) as JsonObject, asked ?? {}) as JsonObject;
}
