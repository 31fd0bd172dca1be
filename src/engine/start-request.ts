import type { StartRequest } from '../core/flow/index.js';
import { InputError, isDict, type Json, type JsonObject, mergeDicts, NotFoundError } from '../core/shared/index.js';
import type { FoundWorkflow, LookupStore, SourceExecution, Tx } from '../store/index.js';
import type { DefinitionCache } from './definition-cache.js';
import type { StartExecution } from './engine.js';

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
  const workflow = await workflowOf(tx, lookups, asked, source, projectId);
  await definitions.define(tx, workflow);
  const params = merged(source?.params, asked.params);
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
  if (source === undefined || source.projectId !== projectId)
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
    throw new InputError(`Unexpected value type for environment [env=${JSON.stringify(env)}, type=${typeof env}]`);
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
