import {
  dictGet,
  InputError,
  isDict,
  type Json,
  type JsonObject,
  parseJson,
  stringifyJson,
} from '../core/shared/index.js';
import type { StartAction } from '../engine/index.js';
import {
  DateField,
  FlagField,
  invalidText,
  JsonField,
  JsonTextField,
  notAnObject,
  objectOf,
  TextField,
  TextsField,
  UncheckedJsonField,
} from './http/index.js';

const ID = '71362595-2f0e-4a5c-8a4c-7c1d0a0b9d10';

/** A run of an action, as it is answered. */
export class ActionExecutionDto {
  @TextField({ description: 'Identifier; null for a run that was not stored.', example: ID })
  readonly id?: string | null;

  @TextField({ description: 'Name of the workflow.', example: 'resize' })
  readonly workflow_name?: string | null;

  @TextField({ description: 'Namespace of the workflow, or in which the action was looked up.', example: '' })
  readonly workflow_namespace?: string | null;

  @TextField({ description: 'Task that started it; null for one run on its own.', example: ID })
  readonly task_execution_id?: string | null;

  @TextField({ description: 'RUNNING, PAUSED, SUCCESS, ERROR or CANCELLED.', example: 'SUCCESS', isRequired: true })
  readonly state?: string;

  @TextField({ description: 'Why it is in that state.', example: null })
  readonly state_info?: string | null;

  @TextsField({ description: 'Tags of the task.', example: null })
  readonly tags?: readonly string[] | null;

  @TextField({ description: 'Name of the action.', example: 'std.echo', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'What the run is for.', example: '' })
  readonly description?: string | null;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>' })
  readonly project_id?: string | null;

  @FlagField({ description: 'Whether its outcome counts; false before the end and after a retry.', example: true })
  readonly accepted?: boolean | null;

  @JsonTextField({ description: 'Input.', example: '{"output": "hi"}' })
  readonly input?: unknown;

  @JsonTextField({ description: 'Outcome under `result`; in lists only on request.', example: '{"result": "hi"}' })
  readonly output?: unknown;

  @DateField({ description: 'When it was created, UTC.' })
  readonly created_at?: string | null;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;
}

/** Body of POST /v2/action_executions. */
export class CreateActionExecutionDto {
  @TextField({ description: 'Name of the action.', example: 'std.echo', isRequired: true })
  readonly name?: string | null;

  @JsonField({ description: 'Input, as an object or as JSON text.', example: { output: 'hi' } })
  readonly input?: unknown;

  @JsonField({
    description:
      '`run_sync` waits for the outcome, `save_result` stores it; `target` and `timeout` (seconds) are for executors.',
    example: { save_result: true },
  })
  readonly params?: unknown;

  @TextField({ description: 'What the run is for.', example: 'a test' })
  readonly description?: string | null;

  @TextField({ description: 'Namespace in which the action is looked up first.', example: '' })
  readonly workflow_namespace?: string | null;
}

/** Body of PUT /v2/action_executions/{id}. */
export class UpdateActionExecutionDto {
  @TextField({ description: 'SUCCESS, ERROR, CANCELLED, PAUSED or RUNNING.', example: 'SUCCESS', isRequired: true })
  readonly state?: string | null;

  @UncheckedJsonField({ description: 'Outcome: an object, or JSON text of one.', example: { ip: '10.0.0.7' } })
  readonly output?: unknown;
}

const STATES = ['SUCCESS', 'ERROR', 'CANCELLED', 'PAUSED', 'RUNNING'];

/** @throws {InputError} without a name, or for parameters of the wrong type */
export function toStartAction(dto: CreateActionExecutionDto): StartAction {
  if (!dto.name) throw new InputError('Please provide at least action name to run action.');
  const params = objectOf(dto.params) ?? {};
  return {
    name: dto.name,
    namespace: dto.workflow_namespace ?? '',
    input: objectOf(dto.input) ?? {},
    description: dto.description ?? null,
    runSync: dictGet(params, 'run_sync') === true,
    saveResult: dictGet(params, 'save_result') === true,
    target: textOf(params, 'target'),
    timeoutSeconds: secondsOf(params),
  };
}

/**
 * State and outcome that a PUT reports; `result` is undefined without `output`.
 * @throws {InputError} for another state, or an output that is not an object
 */
export function toActionUpdate(dto: UpdateActionExecutionDto): {
  readonly state: string;
  readonly result: Json | undefined;
} {
  const state = dto.state ?? 'Unset';
  if (!STATES.includes(state)) {
    throw new InputError(`Error. Expected one of ['${STATES.join("', '")}'], actual: ${state}`);
  }
  return { state, result: dto.output === undefined ? undefined : outcomeOf(dto.output as Json) };
}

/** An action run that was not stored, as POST answers it. */
export function transientJson(
  name: string,
  namespace: string,
  input: JsonObject,
  state: string,
  output: JsonObject,
): string {
  const json = (value: JsonObject): string => stringifyJson(value, { style: 'python' });
  const row = { id: null, workflow_name: null, workflow_namespace: namespace, task_execution_id: null, state };
  const rest = { state_info: null, tags: null, name, description: null, project_id: null, accepted: null };
  const data = { input: json(input), output: json(output), created_at: null, updated_at: null };
  return JSON.stringify({ ...row, ...rest, ...data });
}

function outcomeOf(output: Json): Json {
  const value = typeof output === 'string' ? parseOutput(output) : output;
  if (value === null || isDict(value)) return value;
  throw new InputError(notAnObject(value));
}

function parseOutput(text: string): Json {
  try {
    return parseJson(text, { allowNaN: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'Expected JSON.';
    throw new InputError(invalidText('output', text, why), { cause });
  }
}

function textOf(params: JsonObject, name: string): string | null {
  const value = dictGet(params, name) ?? null;
  if (value === null || typeof value === 'string') return value;
  throw new InputError(`Invalid input for field/attribute params. The ${name} must be a text.`);
}

function secondsOf(params: JsonObject): number | null {
  const value = dictGet(params, 'timeout') ?? null;
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new InputError('Invalid input for field/attribute params. The timeout must be a number of seconds.');
}
