import { ApiProperty } from '@nestjs/swagger';
import { DateField, JsonTextField, TextField, TextsField } from './http/index.js';

/** What all answers have of a workflow. */
class AnsweredWorkflowDto {
  @TextField({ description: 'Identifier.', example: '23b159d6-937a-4b61-8de7-30ab65ed6a74', isRequired: true })
  readonly id?: string;

  @TextField({
    description: 'Name; members of a workbook have its name before theirs.',
    example: 'resize',
    isRequired: true,
  })
  readonly name?: string;

  @TextField({ description: 'Namespace.', example: '', isRequired: true })
  readonly namespace?: string;

  @TextField({ description: 'Input for display.', example: 'vm, flavor="m1"', isRequired: true })
  readonly input?: string;

  @TextField({ description: 'The YAML text.', example: "version: '2.0'\nresize: …", isRequired: true })
  readonly definition?: string;

  @TextField({
    description: 'MD5 of the definition; null for members of a workbook.',
    example: '6987e9acc6cd6a97cc4c64a39b50a41c',
  })
  readonly checksum?: string | null;

  @TextsField({ description: 'Tags.', example: ['vm'] })
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

/** A workflow, as it is answered. */
export class WorkflowDto extends AnsweredWorkflowDto {
  @JsonTextField({
    description: 'Declared input and names of outputs.',
    example: '{"input": ["vm", {"flavor": "m1"}], "output": ["status"]}',
  })
  readonly interface?: unknown;
}

/** A workflow, as POST and PUT answer it. */
export class WrittenWorkflowDto extends AnsweredWorkflowDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Declared input and names of outputs; a GET has them as JSON text.',
    example: { input: ['vm', { flavor: 'm1' }], output: ['status'] },
  })
  readonly interface?: unknown;
}

export const WORKFLOW_EXAMPLE = `version: '2.0'
resize:
  input: [vm, flavor: m1]
  tasks:
    stop: {action: std.noop, on-success: start}
    start: {action: std.echo output=<% $.vm %>}
`;
