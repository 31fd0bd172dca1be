import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CountField, FlagField, TextField } from './http/index.js';

/** Something in a definition that makes it invalid, or that is legal but surely not meant. */
class FindingDto {
  @CountField({ description: 'Line of the text, from 1.', example: 6, isRequired: true })
  readonly line?: number;

  @CountField({ description: 'Column of the line, from 1.', example: 20, isRequired: true })
  readonly column?: number;

  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    description: 'The keys and positions that lead to it.',
    example: ['resize', 'tasks', 'stop', 'join'],
  })
  readonly path?: readonly (string | number)[];

  @TextField({ description: 'What was looked for.', example: 'join-never-fires', isRequired: true })
  readonly rule?: string;

  @TextField({ description: 'What is wrong.', example: "join 'stop' can never fire: …", isRequired: true })
  readonly message?: string;
}

/** Whether a text is a valid definition. */
export class VerdictDto {
  @FlagField({ description: 'Whether it is valid.', example: false, isRequired: true })
  readonly valid?: boolean;

  @TextField({ description: 'What is wrong; absent when it is valid.', example: 'Invalid DSL: …' })
  readonly error?: string;

  @ApiPropertyOptional({ type: [FindingDto], description: 'What was found; absent when nothing was.', example: [] })
  readonly findings?: readonly FindingDto[];
}
