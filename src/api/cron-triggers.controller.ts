import { Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CronTriggers } from '../definitions/index.js';
import { byIdOrNameAlone, CRON_TRIGGERS, type PageRequest, Reads } from '../store/queries/index.js';
import { CreateCronTriggerDto, CronTriggerDto, toCronTrigger } from './cron-triggers.dto.js';
import { checkMayPublish } from './definition-options.js';
import {
  ApiFaults,
  ApiListQuery,
  Caller,
  type CallerOf,
  JsonBody,
  listOf,
  Page,
  Parameters,
  pathParameter,
  Query,
  query,
} from './http/index.js';

const BODY = { argument: 'cron_trigger', ignored: CRON_TRIGGERS.columns.map((column) => column.name) };

/** Triggers that start workflows at given times. */
@ApiTags('cron_triggers')
@ApiExtraModels(CronTriggerDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/cron_triggers')
export class CronTriggersController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(CronTriggers) private readonly triggers: CronTriggers,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List cron triggers' })
  @ApiListQuery(CRON_TRIGGERS)
  @ApiResponse({ status: 200, schema: listOf('cron_triggers', CronTriggerDto) })
  @ApiFaults(403)
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(CRON_TRIGGERS, page);
  }

  @Get(':identifier')
  @ApiOperation({ summary: 'Show a cron trigger' })
  @pathParameter('identifier', 'Identifier or name of the trigger.', 'nightly')
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,pattern')
  @ApiResponse({ status: 200, type: CronTriggerDto })
  one(
    @Param('identifier') identifier: string,
    @Query('fields') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const notFound = CRON_TRIGGERS.notFound(identifier);
    return this.reads.one(CRON_TRIGGERS, caller, byIdOrNameAlone(identifier), notFound, parameters.text('fields'));
  }

  @Post()
  @ApiOperation({
    summary: 'Create a cron trigger',
    description: 'It needs a pattern, a first time, or both; a first time alone is the only one.',
  })
  @ApiBody({ type: CreateCronTriggerDto })
  @ApiResponse({ status: 201, type: CronTriggerDto })
  @ApiFaults(403, 409, 415)
  async create(
    @JsonBody({ ...BODY, dto: CreateCronTriggerDto }) body: CreateCronTriggerDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    if (body.scope === 'public') checkMayPublish(caller);
    const id = await this.triggers.create(toCronTrigger(body), caller);
    return (await this.reads.written(CRON_TRIGGERS, caller, [id])).join(',');
  }

  @Delete(':identifier')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a cron trigger; executions that it has started stay' })
  @pathParameter('identifier', 'Identifier or name of the trigger.', 'nightly')
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @ApiFaults(403)
  async delete(
    @Param('identifier') identifier: string,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<void> {
    await this.triggers.delete(identifier, caller);
  }
}
