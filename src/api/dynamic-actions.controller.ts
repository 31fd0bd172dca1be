import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DynamicActions } from '../definitions/index.js';
import { byIdOrName, DYNAMIC_ACTIONS, type PageRequest, Reads } from '../store/queries/index.js';
import {
  CreateDynamicActionDto,
  DynamicActionDto,
  identifierOf,
  toDynamicAction,
  toDynamicActionPatch,
  UpdateDynamicActionDto,
} from './dynamic-actions.dto.js';
import {
  AdminOnly,
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

const BODY = { argument: 'dyn_action', ignored: DYNAMIC_ACTIONS.columns.map((column) => column.name) };

/** Actions whose code is in code sources. */
@ApiTags('dynamic_actions')
@ApiExtraModels(DynamicActionDto)
@ApiFaults(400, 404, 500, 503)
@AdminOnly()
@Controller('v2/dynamic_actions')
export class DynamicActionsController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(DynamicActions) private readonly actions: DynamicActions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List dynamic actions' })
  @ApiListQuery(DYNAMIC_ACTIONS)
  @ApiResponse({ status: 200, schema: listOf('dynamic_actions', DynamicActionDto) })
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(DYNAMIC_ACTIONS, page);
  }

  @Get(':identifier')
  @ApiOperation({ summary: 'Show a dynamic action' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'acme.greet')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,class_name')
  @ApiResponse({ status: 200, type: DynamicActionDto })
  one(
    @Param('identifier') identifier: string,
    @Query('namespace', 'fields') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const namespace = parameters.text('namespace') ?? '';
    const notFound = `Dynamic Action not found [name=${identifier},namespace=${namespace}]`;
    const fields = parameters.text('fields');
    return this.reads.one(DYNAMIC_ACTIONS, caller, byIdOrName(identifier, namespace), notFound, fields);
  }

  @Post()
  @ApiOperation({
    summary: 'Create a dynamic action',
    description: 'Whether the code has such a class is not checked.',
  })
  @ApiBody({ type: CreateDynamicActionDto })
  @ApiResponse({ status: 201, type: DynamicActionDto })
  @ApiFaults(409, 415)
  async create(
    @JsonBody({ ...BODY, dto: CreateDynamicActionDto }) body: CreateDynamicActionDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    return this.show(await this.actions.create(toDynamicAction(body), caller), caller);
  }

  @Put()
  @ApiOperation({
    summary: 'Change the dynamic action that the body names',
    description: 'What the body leaves out stays; the name and the namespace always do.',
  })
  @ApiBody({ type: UpdateDynamicActionDto })
  @ApiResponse({ status: 200, type: DynamicActionDto })
  @ApiFaults(415)
  async update(
    @JsonBody({ ...BODY, dto: UpdateDynamicActionDto }) body: UpdateDynamicActionDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const identifier = identifierOf(body);
    const id = await this.actions.update(identifier, body.namespace ?? '', toDynamicActionPatch(body), caller);
    return this.show(id, caller);
  }

  @Delete(':identifier')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a dynamic action' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'acme.greet')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @ApiResponse({ status: 204, description: 'Deleted.' })
  async delete(
    @Param('identifier') identifier: string,
    @Query('namespace') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<void> {
    await this.actions.delete(identifier, parameters.text('namespace') ?? '', caller);
  }

  private async show(id: string, caller: CallerOf): Promise<string> {
    return (await this.reads.written(DYNAMIC_ACTIONS, caller, [id])).join(',');
  }
}
