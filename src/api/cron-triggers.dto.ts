import type { NewCronTrigger } from '../definitions/index.js';
import { InputError } from '../core/shared/index.js';
import {
  ChoiceField,
  CountField,
  countOf,
  DateField,
  JsonField,
  JsonTextField,
  objectOf,
  TextField,
} from './http/index.js';

const ID = '6b7c27e6-7a4f-4c37-9a52-0a8a6d7f4c11';

/** A cron trigger, as it is answered. */
export class CronTriggerDto {
  @TextField({ description: 'Identifier.', example: ID, isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name.', example: 'nightly', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'Name of the workflow that it starts.', example: 'resize', isRequired: true })
  readonly workflow_name?: string;

  @TextField({ description: 'Identifier of the workflow that it starts.', example: ID, isRequired: true })
  readonly workflow_id?: string;

  @JsonTextField({ description: 'Input of the executions.', example: '{"vm": "a1"}' })
  readonly workflow_input?: unknown;

  @JsonTextField({ description: 'Parameters of the executions.', example: '{}' })
  readonly workflow_params?: unknown;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>', isRequired: true })
  readonly project_id?: string;

  @TextField({ description: 'private or public.', example: 'private', isRequired: true })
  readonly scope?: string;

  @TextField({ description: 'When it runs: a cron pattern, UTC.', example: '0 3 * * *', isRequired: true })
  readonly pattern?: string;

  @CountField({ description: 'How often it still runs; null means without an end.', example: null })
  readonly remaining_executions?: number | null;

  @DateField({ description: 'When it was to run first, UTC; null where the pattern says so.', example: null })
  readonly first_execution_time?: string | null;

  @DateField({ description: 'When it runs next, UTC.', isRequired: true })
  readonly next_execution_time?: string;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last ran or changed, UTC.' })
  readonly updated_at?: string | null;
}

/** Body of POST /v2/cron_triggers. */
export class CreateCronTriggerDto {
  @TextField({ description: 'Name, unique in the project.', example: 'nightly', isRequired: true })
  readonly name?: string | null;

  @TextField({ description: 'Identifier of the workflow; wins over workflow_name.', example: ID })
  readonly workflow_id?: string | null;

  @TextField({ description: 'Name of a workflow in the default namespace.', example: 'resize' })
  readonly workflow_name?: string | null;

  @JsonField({ description: 'Input of the executions, as an object or as JSON text.', example: { vm: 'a1' } })
  readonly workflow_input?: unknown;

  @JsonField({ description: 'Parameters of the executions, as an object or as JSON text.', example: {} })
  readonly workflow_params?: unknown;

  @TextField({
    description: 'Cron pattern in UTC: minute, hour, day, month, weekday, and seconds where there is a sixth field.',
    example: '0 3 * * *',
  })
  readonly pattern?: string | null;

  @TextField({
    description: 'When to run first, UTC, `YYYY-MM-DD HH:MM`; without a pattern, the only time.',
    example: '2026-01-31 10:00',
  })
  readonly first_execution_time?: string | null;

  @CountField({ description: 'How often to run, at least once; without it, without an end.', example: 42 })
  readonly remaining_executions?: number | string | null;

  @ChoiceField(['public', 'private'], { description: 'private or public (admins only).', example: 'private' })
  readonly scope?: string | null;
}

/** @throws {InputError} without a name */
export function toCronTrigger(dto: CreateCronTriggerDto): NewCronTrigger {
  if (!dto.name) throw new InputError('Name of the cron trigger is not provided.');
  return {
    name: dto.name,
    workflow: dto.workflow_id || dto.workflow_name || undefined,
    workflowInput: objectOf(dto.workflow_input) ?? {},
    workflowParams: objectOf(dto.workflow_params) ?? {},
    pattern: dto.pattern || undefined,
    firstExecutionTime: dto.first_execution_time || undefined,
    remainingExecutions: countOf(dto.remaining_executions),
    scope: dto.scope ?? 'private',
  };
}
