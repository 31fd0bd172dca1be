import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Engine } from '../engine/index.js';
import { ACTION_EXECUTIONS, byId, type PageRequest, Reads } from '../store/queries/index.js';
import {
  ActionExecutionDto,
  CreateActionExecutionDto,
  toActionUpdate,
  toStartAction,
  transientJson,
  UpdateActionExecutionDto,
} from './action-executions.dto.js';
import { ActionExecutionRemover } from './action-execution-remover.js';
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

const names = ACTION_EXECUTIONS.columns.map((column) => column.name);
const BODY = { argument: 'action_ex', ignored: [...names, ...ACTION_EXECUTIONS.extraFields] };
const EXAMPLE_ID = '71362595-2f0e-4a5c-8a4c-7c1d0a0b9d10';

/** Runs of actions, of tasks or on their own. */
@ApiTags('action_executions')
@ApiExtraModels(ActionExecutionDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/action_executions')
export class ActionExecutionsController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ActionExecutionRemover) private readonly remover: ActionExecutionRemover,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List action executions', description: 'Output is left out unless it is asked for.' })
  @ApiListQuery(ACTION_EXECUTIONS)
  @ApiResponse({ status: 200, schema: listOf('action_executions', ActionExecutionDto) })
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(ACTION_EXECUTIONS, page);
  }

  @Get([':id', ':id/:fields'])
  @ApiOperation({ summary: 'Show an action execution' })
  @pathParameter('id', 'Identifier of the action execution.', EXAMPLE_ID)
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,output')
  @ApiResponse({ status: 200, type: ActionExecutionDto })
  one(
    @Param('id') id: string,
    @Param('fields') fields: string | undefined,
    @Query('fields') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const wanted = parameters.text('fields') ?? fields;
    return this.reads.one(ACTION_EXECUTIONS, caller, byId(id), ACTION_EXECUTIONS.notFound(id), wanted);
  }

  @Post()
  @ApiOperation({
    summary: 'Run an action on its own',
    description: 'Without `save_result` a synchronous action answers its outcome and nothing is stored.',
  })
  @ApiBody({ type: CreateActionExecutionDto })
  @ApiResponse({ status: 201, type: ActionExecutionDto })
  @ApiFaults(415)
  async create(
    @JsonBody({ ...BODY, dto: CreateActionExecutionDto }) body: CreateActionExecutionDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const request = toStartAction(body);
    const started = await this.engine.startAction(request, caller);
    if (started.kind === 'stored') return this.show(started.id, caller);
    return transientJson(started.name, request.namespace, started.input, started.state, started.output);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Report the outcome or progress of an action that something outside runs' })
  @pathParameter('id', 'Identifier of the action execution.', EXAMPLE_ID)
  @ApiBody({ type: UpdateActionExecutionDto })
  @ApiResponse({ status: 200, type: ActionExecutionDto })
  @ApiFaults(409, 415)
  async update(
    @Param('id') id: string,
    @JsonBody({ ...BODY, dto: UpdateActionExecutionDto }) body: UpdateActionExecutionDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const { state, result } = toActionUpdate(body);
    await this.engine.updateAction(id, state, result, caller);
    return this.show(id, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a finished action execution that belongs to no task, where the server allows it' })
  @pathParameter('id', 'Identifier of the action execution.', EXAMPLE_ID)
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @ApiFaults(403)
  async delete(@Param('id') id: string, @Query() _none: Parameters, @Caller() caller: CallerOf): Promise<void> {
    await this.remover.remove(id, caller);
  }

  private show(id: string, caller: CallerOf): Promise<string> {
    return this.reads.one(ACTION_EXECUTIONS, caller, byId(id), ACTION_EXECUTIONS.notFound(id));
  }
}
