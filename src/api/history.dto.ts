import { ApiProperty } from '@nestjs/swagger';
import { IntegerField, TextField } from './http/index.js';

/** One decision of an execution, from its journal. */
export class HistoryEntryDto {
  @IntegerField({ description: 'Counts the decisions of the execution.', example: 3, isRequired: true })
  readonly version?: number;

  @TextField({
    description: 'When it was decided, UTC, in microseconds.',
    example: '2026-01-31 10:00:00.123456',
    isRequired: true,
  })
  readonly at?: string;

  @ApiProperty({
    description: 'What the execution was told, in this order.',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [{ kind: 'action-done', actionId: '8b778ab8-b5b7-4da1-93d0-571311b26497' }],
  })
  readonly events?: readonly object[];
}
