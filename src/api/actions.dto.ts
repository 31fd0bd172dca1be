import type { CatalogueEntry } from '../actions/index.js';
import type { TextRow } from '../store/queries/index.js';
import { FlagField, TextField, TextsField } from './http/index.js';

/** An action, as it is answered: built in, of a plugin, or ad-hoc. */
export class ActionDto {
  @TextField({ description: 'Identifier; the name for actions of plugins.', example: 'std.echo', isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name.', example: 'std.echo', isRequired: true })
  readonly name?: string;

  @FlagField({ description: 'Always false.', example: false, isRequired: true })
  readonly is_system?: boolean;

  @TextField({
    description: 'Input for display; null in the answer to an upload without it.',
    example: 'output, delay=0',
  })
  readonly input?: string | null;

  @TextField({ description: 'What it does.', example: 'Answers its input.' })
  readonly description?: string | null;

  @TextsField({ description: 'Tags; null for actions of plugins.', example: null })
  readonly tags?: readonly string[] | null;

  @TextField({ description: 'The YAML text; empty for actions of plugins.', example: '', isRequired: true })
  readonly definition?: string;

  @TextField({ description: 'private or public; null for actions of plugins.', example: null })
  readonly scope?: string | null;

  @TextField({ description: 'Project it belongs to; null for actions of plugins.', example: null })
  readonly project_id?: string | null;

  @TextField({ description: 'When it was created, UTC; empty for actions of plugins.', example: '' })
  readonly created_at?: string;

  @TextField({ description: 'When it last changed, UTC; empty for actions of plugins.', example: '' })
  readonly updated_at?: string | null;

  @TextField({ description: 'Namespace.', example: '', isRequired: true })
  readonly namespace?: string;
}

/** An action of a plugin as a row of `ACTIONS`. */
export function pluginActionRow({ name, signature, description }: CatalogueEntry): TextRow {
  return [name, name, 'f', signature, description, null, '', null, null, '', '', ''];
}

export const ACTION_EXAMPLE = `version: '2.0'
greet:
  input: [name, greeting: hello]
  base: std.echo
  base-input: {output: '<% $.greeting %>, <% $.name %>'}
`;
