import { ApiProperty } from '@nestjs/swagger';
import { dictEntries, InputError, stringifyJson } from '../core/shared/index.js';
import { EXECUTIONS, type QueryParameters } from '../store/queries/index.js';
import { type BulkAction, type BulkRequest, MAX_BULK } from './bulk-executions.js';
import {
  ChoiceField,
  CountField,
  countOf,
  FlagField,
  IntegerField,
  JsonField,
  objectOf,
  TextField,
} from './http/index.js';

const ACTIONS: readonly BulkAction[] = ['pause', 'resume', 'stop', 'rerun', 'delete'];
const STATES = ['CANCELLED', 'ERROR', 'SUCCESS'];
const FILTERS = [...EXECUTIONS.filters, 'nulls', 'all_projects'];

/** Body of POST /v2/executions/bulk. */
export class BulkRequestDto {
  @ChoiceField(ACTIONS, {
    description: 'What to do with each of them; rerun runs the failed tasks of executions in ERROR again.',
    example: 'stop',
    isRequired: true,
  })
  readonly action?: BulkAction | null;

  @JsonField({
    description:
      'Which executions: filters with operators as in the query of the list, also `nulls` and `all_projects`. An empty object means all of the project.',
    example: { workflow_name: 'resize', state: 'in:RUNNING,PAUSED', created_at: 'lt:2026-01-31 10:00:00' },
    isRequired: true,
  })
  readonly filter?: unknown;

  @ChoiceField(STATES, {
    description: 'For stop: the state in which they end, CANCELLED by default.',
    example: 'ERROR',
  })
  readonly state?: string | null;

  @TextField({ description: 'For stop: why; kept by each of them.', example: 'no longer needed' })
  readonly state_info?: string | null;

  @FlagField({ description: 'For delete: also those that have not ended.', example: false })
  readonly force?: boolean | null;

  @FlagField({ description: 'Also executions that a task of another one has started.', example: false })
  readonly sub_executions?: boolean | null;

  @CountField({
    description: `Change only so many, the oldest first; at most ${MAX_BULK}. Without, a filter that matches more than ${MAX_BULK} is refused.`,
    example: 100,
  })
  readonly limit?: number | string | null;

  @FlagField({ description: 'Only count those that match; nothing is changed.', example: true })
  readonly dry_run?: boolean | null;
}

/** An execution that stayed as it was. */
export class RefusedDto {
  @TextField({
    description: 'Identifier of the execution.',
    example: '8b778ab8-b5b7-4da1-93d0-571311b26497',
    isRequired: true,
  })
  readonly id?: string;

  @TextField({
    description: 'One sentence that says why.',
    example: 'It is SUCCESS: stop needs one of IDLE, RUNNING, PAUSED.',
    isRequired: true,
  })
  readonly reason?: string;
}

/** What came of a change of many executions. */
export class BulkAnswerDto {
  @IntegerField({ description: 'How many executions match.', example: 3, isRequired: true })
  readonly matched?: number;

  @IntegerField({ description: 'How many of them were changed; 0 after a dry run.', example: 2, isRequired: true })
  readonly done?: number;

  @ApiProperty({
    description: 'Those that were not changed, and why; empty after a dry run.',
    type: () => [RefusedDto],
    example: [{ id: '8b778ab8-b5b7-4da1-93d0-571311b26497', reason: 'It is SUCCESS: stop needs one of RUNNING.' }],
  })
  readonly refused?: readonly RefusedDto[];
}

/** @throws {InputError} for what is missing, or makes no sense with the action */
export function toBulk(dto: BulkRequestDto): BulkRequest {
  const { action } = dto;
  if (action === undefined || action === null)
    throw new InputError(`Bulk needs an action: one of ${ACTIONS.join(', ')}.`);
  if (action !== 'stop' && (dto.state ?? dto.state_info ?? null) !== null)
    throw new InputError(`Only stop takes state and state_info, not ${action}.`);
  if (action !== 'delete' && dto.force === true) throw new InputError(`Only delete takes force, not ${action}.`);
  return {
    action,
    filter: filterOf(dto.filter),
    state: dto.state ?? 'CANCELLED',
    stateInfo: dto.state_info,
    force: dto.force === true,
    withSubExecutions: dto.sub_executions === true,
    limit: limitOf(dto.limit),
    isDryRun: dto.dry_run === true,
  };
}

function filterOf(filter: unknown): QueryParameters {
  if (filter === undefined || filter === null)
    throw new InputError('Bulk needs a filter; an empty object means all executions of the project.');
  const entries = dictEntries(objectOf(filter) ?? {}).map(([name, value]) => {
    if (typeof name !== 'string' || !FILTERS.includes(name))
      throw new InputError(`Unknown filter: ${stringifyJson(name)}; there are ${FILTERS.join(', ')}.`);
    if (!isPlain(value))
      throw new InputError(
        `The filter ${name} must be a text, as in the query of the list: got ${stringifyJson(value)}.`,
      );
    return [name, String(value)] as const;
  });
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): value is string | number | bigint | boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

function limitOf(given: unknown): number | undefined {
  const limit = countOf(given);
  if (limit !== undefined && limit > MAX_BULK)
    throw new InputError(`At most ${MAX_BULK} executions can be changed at once: limit=${limit}`);
  return limit;
}
