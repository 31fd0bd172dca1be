import { DateField, IntegerField, TextField } from './http/index.js';

/** A code source, as it is answered. */
export class CodeSourceDto {
  @TextField({ description: 'Identifier.', example: '947af070-0216-419f-805a-a682e9c7201d', isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name.', example: 'greetings', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'Namespace.', example: '', isRequired: true })
  readonly namespace?: string;

  @TextField({
    description: 'The text, an ES module.',
    example: 'export const greet = ({ input }) => `Hello ${input.name}`',
    isRequired: true,
  })
  readonly content?: string;

  @IntegerField({
    description: 'How often it was sent: 1 at first, 1 more with each PUT.',
    example: 1,
    isRequired: true,
  })
  readonly version?: number;

  @TextField({ description: 'Project it belongs to.', example: '<default-project>', isRequired: true })
  readonly project_id?: string;

  @TextField({ description: 'private or public.', example: 'private', isRequired: true })
  readonly scope?: string;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it was last sent again, UTC.' })
  readonly updated_at?: string | null;
}

export const CODE_EXAMPLE = `export class Greet {
  constructor({ name }) { this.name = name }
  run() { return \`Hello \${this.name}\` }
}
`;
