import { DateField, IntegerField, TextField } from './http/index.js';

/** A text that a workflow has, or has had. */
export class WorkflowVersionDto {
  @IntegerField({ description: 'Counts the texts of the workflow, from 1.', example: 2, isRequired: true })
  readonly version?: number;

  @TextField({
    description: 'Identifier of the workflow.',
    example: '23b159d6-937a-4b61-8de7-30ab65ed6a74',
    isRequired: true,
  })
  readonly workflow_id?: string;

  @TextField({ description: 'Name that the workflow had with it.', example: 'resize', isRequired: true })
  readonly name?: string;

  @TextField({
    description: 'MD5 of the definition.',
    example: '6987e9acc6cd6a97cc4c64a39b50a41c',
    isRequired: true,
  })
  readonly checksum?: string;

  @TextField({ description: 'The YAML text.', example: "version: '2.0'\nresize: …", isRequired: true })
  readonly definition?: string;

  @DateField({ description: 'When it was uploaded, UTC.', isRequired: true })
  readonly created_at?: string;
}
