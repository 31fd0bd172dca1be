import { DateField, TextField, TextsField } from './http/index.js';

/** A workbook, as it is answered. */
export class WorkbookDto {
  @TextField({ description: 'Identifier.', example: '8b778ab8-b5b7-4da1-93d0-571311b26497', isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name.', example: 'ops', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'Namespace.', example: '', isRequired: true })
  readonly namespace?: string;

  @TextField({ description: 'The YAML text.', example: "version: '2.0'\nname: ops\n", isRequired: true })
  readonly definition?: string;

  @TextsField({ description: 'Tags.', example: ['nightly'] })
  readonly tags?: readonly string[] | null;

  @TextField({ description: 'private or public.', example: 'private', isRequired: true })
  readonly scope?: string;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>', isRequired: true })
  readonly project_id?: string;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;
}

export const WORKBOOK_EXAMPLE = `version: '2.0'
name: ops
actions:
  greet: {base: std.echo, base-input: {output: hello}}
workflows:
  resize: {tasks: {hello: {action: greet}}}
`;
