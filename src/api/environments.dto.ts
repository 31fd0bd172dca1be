import type { EnvironmentPatch } from '../definitions/index.js';
import { InputError } from '../core/shared/index.js';
import { ChoiceField, DateField, JsonField, JsonTextField, objectOf, TextField } from './http/index.js';

/** An environment, as it is answered. */
export class EnvironmentDto {
  @TextField({ description: 'Identifier.', example: 'c2b34116-8c0c-4d0f-8a52-0c5d2f7d1b1e', isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name.', example: 'prod', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'What it is for.', example: null })
  readonly description?: string | null;

  @JsonTextField({ description: 'Values by name.', example: '{"host": "db1"}' })
  readonly variables?: unknown;

  @TextField({ description: 'private or public.', example: 'private', isRequired: true })
  readonly scope?: string;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>', isRequired: true })
  readonly project_id?: string;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;
}

/** Body of POST and PUT /v2/environments. */
export class WriteEnvironmentDto {
  @TextField({ description: 'Name.', example: 'prod', isRequired: true })
  readonly name?: string | null;

  @TextField({ description: 'What it is for.', example: 'the data centre' })
  readonly description?: string | null;

  @JsonField({
    description: 'Values by name, as an object or as JSON text; a PUT replaces all of them.',
    example: { host: 'db1' },
  })
  readonly variables?: unknown;

  @ChoiceField(['public', 'private'], { description: 'private or public (admins only).', example: 'private' })
  readonly scope?: string | null;
}

/**
 * What the body says; what it leaves out is undefined.
 * @param noName  text of the error without a name
 */
export function toEnvironment(dto: WriteEnvironmentDto, noName: string): EnvironmentPatch {
  if (!dto.name) throw new InputError(noName);
  return {
    name: dto.name,
    description: dto.description,
    variables: objectOf(dto.variables),
    scope: dto.scope ?? undefined,
  };
}
