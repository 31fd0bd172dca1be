import { InputError } from '../core/shared/index.js';
import type { DynamicActionPatch, NewDynamicAction } from '../definitions/index.js';
import { ChoiceField, DateField, TextField } from './http/index.js';

const SOURCE_ID = '947af070-0216-419f-805a-a682e9c7201d';

/** A dynamic action, as it is answered. */
export class DynamicActionDto {
  @TextField({ description: 'Identifier.', example: 'd7efdf03-eb66-4b92-9479-672db914a3f7', isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name by which workflows call it.', example: 'acme.greet', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'Namespace.', example: '', isRequired: true })
  readonly namespace?: string;

  @TextField({ description: 'Identifier of the code source.', example: SOURCE_ID, isRequired: true })
  readonly code_source_id?: string;

  @TextField({ description: 'Name of the code source.', example: 'greetings', isRequired: true })
  readonly code_source_name?: string;

  @TextField({ description: 'Class or function that the code source exports.', example: 'Greet', isRequired: true })
  readonly class_name?: string;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>', isRequired: true })
  readonly project_id?: string;

  @TextField({ description: 'private or public.', example: 'private', isRequired: true })
  readonly scope?: string;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;
}

/** What the bodies of POST and PUT /v2/dynamic_actions have in common. */
class WriteDynamicActionDto {
  @TextField({ description: 'Identifier of the code source; wins over code_source_name.', example: SOURCE_ID })
  readonly code_source_id?: string | null;

  @TextField({ description: 'Name of a code source in the same namespace.', example: 'greetings' })
  readonly code_source_name?: string | null;

  @ChoiceField(['public', 'private'], { description: 'private or public.', example: 'private' })
  readonly scope?: string | null;

  @TextField({ description: 'Namespace of the action and its code source.', example: '' })
  readonly namespace?: string | null;
}

/** Body of POST /v2/dynamic_actions. */
export class CreateDynamicActionDto extends WriteDynamicActionDto {
  @TextField({ description: 'Name by which workflows call it.', example: 'acme.greet', isRequired: true })
  readonly name?: string | null;

  @TextField({ description: 'Class or function that the code source exports.', example: 'Greet', isRequired: true })
  readonly class_name?: string | null;
}

/** Body of PUT /v2/dynamic_actions. */
export class UpdateDynamicActionDto extends WriteDynamicActionDto {
  @TextField({ description: 'Identifier; wins over name.', example: 'd7efdf03-eb66-4b92-9479-672db914a3f7' })
  readonly id?: string | null;

  @TextField({ description: 'Name by which workflows call it.', example: 'acme.greet' })
  readonly name?: string | null;

  @TextField({ description: 'Class or function that the code source exports.', example: 'Greet' })
  readonly class_name?: string | null;
}

/** @throws {InputError} for what is missing */
export function toDynamicAction(dto: CreateDynamicActionDto): NewDynamicAction {
  const codeSource = sourceOf(dto);
  if (codeSource === undefined) throw new InputError("Either 'code_source_id' or 'code_source_name' must be provided.");
  if (!dto.name) throw new InputError("'name' must be provided.");
  if (!dto.class_name) throw new InputError("'class_name' must be provided.");
  return {
    name: dto.name,
    className: dto.class_name,
    codeSource,
    namespace: dto.namespace ?? '',
    scope: dto.scope ?? 'private',
  };
}

/** @throws {InputError} without id and name */
export function identifierOf(dto: UpdateDynamicActionDto): string {
  const identifier = dto.id || dto.name;
  if (!identifier) throw new InputError("Either 'name' or 'id' must be provided.");
  return identifier;
}

/** What the body says; what it leaves out is undefined. */
export function toDynamicActionPatch(dto: UpdateDynamicActionDto): DynamicActionPatch {
  return { className: dto.class_name || undefined, codeSource: sourceOf(dto), scope: dto.scope ?? undefined };
}

function sourceOf(dto: WriteDynamicActionDto): string | undefined {
  return dto.code_source_id || dto.code_source_name || undefined;
}
