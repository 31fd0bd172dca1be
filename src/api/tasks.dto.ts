import { InputError, type JsonObject } from '../core/shared/index.js';
import type { TaskBefore } from '../store/queries/index.js';
import { DateField, FlagField, JsonField, JsonTextField, objectOf, TextField, TextsField } from './http/index.js';

const ID = '94303cd0-0c5c-4a2e-9f5d-0d1f7b6a1c11';

/** A task of an execution, as it is answered. */
export class TaskDto {
  @TextField({ description: 'Identifier.', example: ID, isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name in the workflow.', example: 'create_vm', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'ACTION or WORKFLOW.', example: 'ACTION', isRequired: true })
  readonly type?: string;

  @TextField({ description: 'Name of the workflow.', example: 'resize', isRequired: true })
  readonly workflow_name?: string;

  @TextField({ description: 'Namespace of the workflow.', example: '', isRequired: true })
  readonly workflow_namespace?: string;

  @TextField({ description: 'Identifier of the workflow.', example: ID })
  readonly workflow_id?: string | null;

  @TextField({ description: 'Execution it belongs to.', example: ID, isRequired: true })
  readonly workflow_execution_id?: string;

  @TextsField({ description: 'Tags of the task.', example: [] })
  readonly tags?: readonly string[] | null;

  @TextField({
    description: 'IDLE, WAITING, RUNNING, DELAYED, PAUSED, SUCCESS, ERROR, CANCELLED or SKIPPED.',
    example: 'SUCCESS',
    isRequired: true,
  })
  readonly state?: string;

  @TextField({ description: 'Why it is in that state.', example: null })
  readonly state_info?: string | null;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>', isRequired: true })
  readonly project_id?: string;

  @JsonTextField({
    description: 'What the engine knows of the run: triggers, retries, items.',
    example: '{"triggered_by": []}',
  })
  readonly runtime_context?: unknown;

  @TextField({ description: 'Result as JSON text of any value; only in a single GET and PUT.', example: '"ok"' })
  readonly result?: string;

  @JsonTextField({ description: 'Variables it published.', example: '{"x": "ok"}' })
  readonly published?: unknown;

  @JsonTextField({
    description: 'Global variables it published; only in a single GET, and only if there are any.',
    example: '{"y": 1}',
  })
  readonly published_global?: unknown;

  @FlagField({ description: 'Whether what follows it has been started.', example: true, isRequired: true })
  readonly processed?: boolean;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;

  @DateField({ description: 'When it began to run, UTC.' })
  readonly started_at?: string | null;

  @DateField({ description: 'When it ended, UTC.' })
  readonly finished_at?: string | null;
}

/** Body of PUT /v2/tasks/{id}. */
export class UpdateTaskDto {
  @TextField({
    description: 'RUNNING to run it again, SKIPPED to go on without it.',
    example: 'RUNNING',
    isRequired: true,
  })
  readonly state?: string | null;

  @FlagField({
    description: 'For RUNNING: all items again (true), or only the failed ones of a with-items task (false).',
    example: true,
  })
  readonly reset?: boolean | null;

  @JsonField({ description: 'Values to merge into the environment first.', example: { region: 'south' } })
  readonly env?: unknown;

  @TextField({ description: 'Name the task must have.', example: 'create_vm' })
  readonly name?: string | null;

  @TextField({ description: 'Name its workflow must have.', example: 'resize' })
  readonly workflow_name?: string | null;
}

/** What a PUT of a task asks for. */
export type TaskUpdate =
  | { readonly kind: 'rerun'; readonly reset: boolean; readonly env: JsonObject | undefined }
  | { readonly kind: 'skip'; readonly env: JsonObject | undefined };

/** @throws {InputError} when the body does not fit the task as it is */
export function toTaskUpdate(dto: UpdateTaskDto, task: TaskBefore): TaskUpdate {
  if (isGiven(dto.name) && dto.name !== task.name) throw new InputError('Task name does not match.');
  if (isGiven(dto.workflow_name) && dto.workflow_name !== task.workflowName) {
    throw new InputError('Workflow name does not match.');
  }
  if (dto.state !== 'RUNNING' && dto.state !== 'SKIPPED') {
    throw new InputError('Invalid task state. Only updating task to RUNNING or SKIPPED is supported.');
  }
  if (task.state !== 'ERROR') {
    throw new InputError(
      'The current task execution must be in ERROR for rerun. Only updating task to rerun is supported.',
    );
  }
  const env = objectOf(dto.env);
  if (dto.state === 'SKIPPED') return { kind: 'skip', env };
  if (dto.reset === undefined || dto.reset === null) throw new InputError('Reset field is mandatory to rerun task.');
  if (!dto.reset && !task.hasItems) throw new InputError('Only with-items task has the option to not reset.');
  return { kind: 'rerun', reset: dto.reset, env };
}

function isGiven(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && text !== '';
}
