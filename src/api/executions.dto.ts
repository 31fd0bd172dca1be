import type { ExecutionPatch, StartExecution } from '../engine/index.js';
import { dictGet, InputError, isDict } from '../core/shared/index.js';
import {
  CountField,
  countOf,
  DateField,
  JsonField,
  JsonTextField,
  objectOf,
  TextField,
  TextsField,
} from './http/index.js';

const ID = '8b778ab8-b5b7-4da1-93d0-571311b26497';

/** A run of a workflow, as it is answered. */
export class ExecutionDto {
  @TextField({ description: 'Identifier.', example: ID, isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Identifier of the workflow.', example: ID })
  readonly workflow_id?: string | null;

  @TextField({ description: 'Name of the workflow.', example: 'resize', isRequired: true })
  readonly workflow_name?: string;

  @TextField({ description: 'Namespace of the workflow.', example: '', isRequired: true })
  readonly workflow_namespace?: string;

  @TextField({ description: 'What the run is for.', example: 'nightly resize' })
  readonly description?: string | null;

  @TextsField({ description: 'Tags of the workflow.', example: ['vm'] })
  readonly tags?: readonly string[] | null;

  @JsonTextField({
    description: 'Parameters: env, notify, task_name, workflow_version, …',
    example: '{"env": {}, "namespace": ""}',
  })
  readonly params?: unknown;

  @TextField({ description: 'Task that started it, for a sub-workflow.', example: null })
  readonly task_execution_id?: string | null;

  @TextField({ description: 'Topmost execution above it, for a sub-workflow.', example: null })
  readonly root_execution_id?: string | null;

  @TextField({
    description: 'IDLE, RUNNING, PAUSED, SUCCESS, ERROR or CANCELLED.',
    example: 'SUCCESS',
    isRequired: true,
  })
  readonly state?: string;

  @TextField({ description: 'Why it is in that state.', example: null })
  readonly state_info?: string | null;

  @JsonTextField({ description: 'Input, with defaults filled in.', example: '{"vm": "a1"}' })
  readonly input?: unknown;

  @JsonTextField({ description: 'Output; in lists only on request.', example: '{"status": "ok"}' })
  readonly output?: unknown;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>', isRequired: true })
  readonly project_id?: string;

  @JsonTextField({ description: 'Global variables published; only in a single GET.', example: '{}' })
  readonly published_global?: unknown;
}

/** Body of POST /v2/executions. */
export class CreateExecutionDto {
  @TextField({ description: 'Identifier to use; an execution that has it already is answered as it is.', example: ID })
  readonly id?: string | null;

  @TextField({ description: 'Identifier or name of the workflow; wins over workflow_name.', example: ID })
  readonly workflow_id?: string | null;

  @TextField({ description: 'Name or identifier of the workflow.', example: 'resize' })
  readonly workflow_name?: string | null;

  @TextField({ description: 'Namespace in which the name is looked up.', example: '' })
  readonly workflow_namespace?: string | null;

  @CountField({ description: 'Version of the workflow to run; the present one by default.', example: 2 })
  readonly workflow_version?: number | string | null;

  @JsonField({ description: 'Input, as an object or as JSON text.', example: { vm: 'a1' } })
  readonly input?: unknown;

  @JsonField({ description: 'Parameters, as an object or as JSON text.', example: { env: { region: 'north' } } })
  readonly params?: unknown;

  @TextField({ description: 'What the run is for.', example: 'nightly resize' })
  readonly description?: string | null;

  @TextField({ description: 'Execution whose workflow, input and parameters to use again.', example: ID })
  readonly source_execution_id?: string | null;
}

/** Body of PUT /v2/executions/{id}. */
export class UpdateExecutionDto {
  @TextField({ description: 'RUNNING, PAUSED, SUCCESS, ERROR or CANCELLED.', example: 'PAUSED' })
  readonly state?: string | null;

  @TextField({ description: 'Why; kept when the execution is made to end.', example: 'no longer needed' })
  readonly state_info?: string | null;

  @TextField({ description: 'New description; not together with state.', example: 'nightly resize' })
  readonly description?: string | null;

  @JsonField({
    description: 'Only `env` counts: values to merge into the environment.',
    example: { env: { region: 'south' } },
  })
  readonly params?: unknown;
}

const ALLOWED = ['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED'];

/**
 * The answer as of the moment when the request was accepted: RUNNING, however much has happened by the time it is sent.
 * Clients written for the original, which goes on after its answer, count on it.
 */
export function asAccepted(json: string): string {
  const execution = JSON.parse(json) as object;
  return JSON.stringify({ ...execution, state: 'RUNNING', state_info: null, output: '{}' });
}

export function hasEnded(json: string): boolean {
  return ['SUCCESS', 'ERROR', 'CANCELLED'].includes((JSON.parse(json) as { readonly state: string }).state);
}

export function toStart(dto: CreateExecutionDto): StartExecution {
  return {
    id: dto.id || undefined,
    workflowId: dto.workflow_id || undefined,
    workflowName: dto.workflow_name || undefined,
    workflowNamespace: dto.workflow_namespace ?? undefined,
    workflowVersion: countOf(dto.workflow_version),
    input: objectOf(dto.input),
    params: objectOf(dto.params),
    description: dto.description,
    sourceExecutionId: dto.source_execution_id || undefined,
  };
}

/**
 * What a PUT asks for.
 * @throws {InputError} for combinations that make no sense
 */
export function toPatch(dto: UpdateExecutionDto): ExecutionPatch {
  const env = envOf(dto);
  const state = dto.state || undefined;
  const description = dto.description || undefined;
  if (state === undefined && description === undefined && env === undefined) {
    throw new InputError('The property state, description, or env is not provided for update.');
  }
  if (state !== undefined && description !== undefined) {
    throw new InputError('The property description must be updated separately from state.');
  }
  if (state !== undefined && state !== 'RUNNING' && env !== undefined) {
    throw new InputError(
      'The property env can only be updated when workflow execution is not running or on resume from pause.',
    );
  }
  if (state !== undefined && !ALLOWED.includes(state)) {
    throw new InputError(`Cannot change state to ${state}. Allowed states are: '${ALLOWED.join(', ')}`);
  }
  return { state, stateInfo: dto.state_info, description, env };
}

function envOf(dto: UpdateExecutionDto): ExecutionPatch['env'] {
  const env = dictGet(objectOf(dto.params) ?? {}, 'env');
  if (env === undefined || env === null) return undefined;
  if (!isDict(env)) throw new InputError('Invalid input for field/attribute params. The env must be an object.');
  return Object.keys(env).length === 0 ? undefined : objectOf(env);
}
