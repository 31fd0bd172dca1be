import type { EventTriggerPatch, NewEventTrigger } from '../definitions/index.js';
import { InputError } from '../core/shared/index.js';
import { checkUuid } from '../store/queries/index.js';
import { ChoiceField, DateField, JsonField, JsonTextField, objectOf, TextField } from './http/index.js';

const ID = 'ac3c483c-5e7a-4d3c-a7c5-1c1f1d7f0b4e';

/** An event trigger, as it is answered. */
export class EventTriggerDto {
  @TextField({ description: 'Identifier.', example: ID, isRequired: true })
  readonly id?: string;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>', isRequired: true })
  readonly project_id?: string;

  @TextField({ description: 'Name.', example: 'on-create' })
  readonly name?: string | null;

  @TextField({ description: 'Identifier of the workflow that it starts.', example: ID, isRequired: true })
  readonly workflow_id?: string;

  @JsonTextField({ description: 'Input of the executions.', example: '{}' })
  readonly workflow_input?: unknown;

  @JsonTextField({ description: 'Parameters of the executions; `event_params` is added.', example: '{}' })
  readonly workflow_params?: unknown;

  @TextField({ description: 'Exchange that the events come from.', example: 'nova', isRequired: true })
  readonly exchange?: string;

  @TextField({ description: 'Topic of the events.', example: 'notifications', isRequired: true })
  readonly topic?: string;

  @TextField({ description: 'Sort of event.', example: 'compute.instance.create.end', isRequired: true })
  readonly event?: string;

  @TextField({ description: 'private or public.', example: 'private', isRequired: true })
  readonly scope?: string;
}

/** What the bodies of POST and PUT /v2/event_triggers have in common. */
class WriteEventTriggerDto {
  @TextField({ description: 'Name.', example: 'on-create' })
  readonly name?: string | null;

  @JsonField({ description: 'Input of the executions, as an object or as JSON text.', example: { vm: 'a1' } })
  readonly workflow_input?: unknown;

  @JsonField({ description: 'Parameters of the executions, as an object or as JSON text.', example: {} })
  readonly workflow_params?: unknown;

  @ChoiceField(['public', 'private'], { description: 'private or public (admins only).', example: 'private' })
  readonly scope?: string | null;
}

/** Body of POST /v2/event_triggers. */
export class CreateEventTriggerDto extends WriteEventTriggerDto {
  @TextField({ description: 'Identifier of the workflow.', example: ID, isRequired: true })
  readonly workflow_id?: string | null;

  @TextField({ description: 'Exchange that the events come from.', example: 'nova', isRequired: true })
  readonly exchange?: string | null;

  @TextField({ description: 'Topic of the events.', example: 'notifications', isRequired: true })
  readonly topic?: string | null;

  @TextField({ description: 'Sort of event.', example: 'compute.instance.create.end', isRequired: true })
  readonly event?: string | null;
}

/** Body of PUT /v2/event_triggers/{id}; what it leaves out stays. */
export class UpdateEventTriggerDto extends WriteEventTriggerDto {
  @TextField({ description: 'Identifier of the workflow.', example: ID })
  readonly workflow_id?: string | null;

  @TextField({ description: 'Exchange that the events come from; can not change.', example: 'nova' })
  readonly exchange?: string | null;

  @TextField({ description: 'Topic of the events; can not change.', example: 'notifications' })
  readonly topic?: string | null;

  @TextField({ description: 'Sort of event; can not change.', example: 'compute.instance.create.end' })
  readonly event?: string | null;
}

/** @throws {InputError} without one of what is needed */
export function toEventTrigger(dto: CreateEventTriggerDto): NewEventTrigger {
  const { exchange, topic, event, workflow_id: workflowId } = dto;
  if (!exchange || !topic || !event || !workflowId) {
    const names = "{'exchange', 'topic', 'event', 'workflow_id'}";
    throw new InputError(`Params ${names} must be provided for creating event trigger.`);
  }
  return { ...patchOf(dto), workflowId: checkUuid('workflow_id', workflowId), exchange, topic, event };
}

/** @throws {InputError} for what can not change */
export function toEventTriggerPatch(dto: UpdateEventTriggerDto): EventTriggerPatch {
  if (dto.exchange || dto.topic || dto.event) {
    throw new InputError("Can not update fields ['exchange', 'topic', 'event'] of event trigger.");
  }
  return patchOf(dto);
}

function patchOf(dto: UpdateEventTriggerDto): EventTriggerPatch {
  return {
    name: dto.name,
    workflowId: dto.workflow_id ? checkUuid('workflow_id', dto.workflow_id) : undefined,
    workflowInput: dto.workflow_input === null ? undefined : objectOf(dto.workflow_input),
    workflowParams: dto.workflow_params === null ? undefined : objectOf(dto.workflow_params),
    scope: dto.scope ?? undefined,
  };
}
