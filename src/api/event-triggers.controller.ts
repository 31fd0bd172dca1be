import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { EventTriggers } from '../definitions/index.js';
import { byId, checkUuid, EVENT_TRIGGERS, type PageRequest, Reads } from '../store/queries/index.js';
import { checkMayPublish } from './definition-options.js';
import {
  CreateEventTriggerDto,
  EventTriggerDto,
  toEventTrigger,
  toEventTriggerPatch,
  UpdateEventTriggerDto,
} from './event-triggers.dto.js';
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

const BODY = { argument: 'event_trigger', ignored: EVENT_TRIGGERS.columns.map((column) => column.name) };
const EXAMPLE_ID = 'ac3c483c-5e7a-4d3c-a7c5-1c1f1d7f0b4e';

/** Triggers that start workflows at events from outside. */
@ApiTags('event_triggers')
@ApiExtraModels(EventTriggerDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/event_triggers')
export class EventTriggersController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(EventTriggers) private readonly triggers: EventTriggers,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List event triggers' })
  @ApiListQuery(EVENT_TRIGGERS)
  @ApiResponse({ status: 200, schema: listOf('event_triggers', EventTriggerDto) })
  @ApiFaults(403)
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(EVENT_TRIGGERS, page);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show an event trigger' })
  @pathParameter('id', 'Identifier of the trigger.', EXAMPLE_ID)
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,event')
  @ApiResponse({ status: 200, type: EventTriggerDto })
  one(@Param('id') id: string, @Query('fields') parameters: Parameters, @Caller() caller: CallerOf): Promise<string> {
    const match = byId(checkUuid('id', id));
    return this.reads.one(EVENT_TRIGGERS, caller, match, EVENT_TRIGGERS.notFound(id), parameters.text('fields'));
  }

  @Post()
  @ApiOperation({ summary: 'Create an event trigger' })
  @ApiBody({ type: CreateEventTriggerDto })
  @ApiResponse({ status: 201, type: EventTriggerDto })
  @ApiFaults(403, 409, 415)
  async create(
    @JsonBody({ ...BODY, dto: CreateEventTriggerDto }) body: CreateEventTriggerDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    if (body.scope === 'public') checkMayPublish(caller);
    return this.show(await this.triggers.create(toEventTrigger(body), caller), caller);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change an event trigger; what the body leaves out stays' })
  @pathParameter('id', 'Identifier of the trigger.', EXAMPLE_ID)
  @ApiBody({ type: UpdateEventTriggerDto })
  @ApiResponse({ status: 200, type: EventTriggerDto })
  @ApiFaults(403, 409, 415)
  async update(
    @Param('id') id: string,
    @JsonBody({ ...BODY, dto: UpdateEventTriggerDto }) body: UpdateEventTriggerDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    if (body.scope === 'public') checkMayPublish(caller);
    await this.triggers.update(checkUuid('id', id), toEventTriggerPatch(body), caller);
    return this.show(id, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an event trigger; executions that it has started stay' })
  @pathParameter('id', 'Identifier of the trigger.', EXAMPLE_ID)
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @ApiFaults(403)
  async delete(@Param('id') id: string, @Query() _none: Parameters, @Caller() caller: CallerOf): Promise<void> {
    await this.triggers.delete(checkUuid('id', id), caller);
  }

  private async show(id: string, caller: CallerOf): Promise<string> {
    return (await this.reads.written(EVENT_TRIGGERS, caller, [id])).join(',');
  }
}
