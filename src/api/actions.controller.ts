import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdHocActions, type ExpectedTags } from '../definitions/index.js';
import { ACTIONS, type PageRequest, Reads, WRITTEN_ACTIONS } from '../store/queries/index.js';
import { ActionList } from './action-list.js';
import { ACTION_EXAMPLE, ActionDto } from './actions.dto.js';
import { definitionOptions } from './definition-options.js';
import {
  ApiFaults,
  ApiIfMatch,
  ApiListQuery,
  ApiTagged,
  Caller,
  type CallerOf,
  Conditional,
  IfMatch,
  LenientQuery,
  listOf,
  Page,
  Parameters,
  pathParameter,
  Query,
  query,
  type ShowTagged,
  TakesYaml,
  TextBody,
} from './http/index.js';
import { VerdictDto } from './verdict.dto.js';

const UPLOAD = ['namespace', 'scope'];

/** Actions of plugins, to look at, and ad-hoc actions. */
@ApiTags('actions')
@ApiExtraModels(ActionDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/actions')
export class ActionsController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(AdHocActions) private readonly adHoc: AdHocActions,
    @Inject(ActionList) private readonly actions: ActionList,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List actions', description: 'Without `limit` all of them.' })
  @ApiListQuery(ACTIONS)
  @ApiResponse({ status: 200, schema: listOf('actions', ActionDto) })
  list(@Page() page: PageRequest): Promise<string> {
    return this.actions.list(page);
  }

  @Get([':name', ':name/:namespace'])
  @ApiOperation({ summary: 'Show an action' })
  @pathParameter('name', 'Name of the action.', 'std.echo')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @ApiTagged(ActionDto)
  async one(
    @Param('name') name: string,
    @Param('namespace') inPath: string | undefined,
    @Query('namespace') parameters: Parameters,
    @Caller() caller: CallerOf,
    @Conditional() show: ShowTagged,
  ): Promise<string | undefined> {
    return show(await this.actions.one(name, parameters.text('namespace') ?? inPath ?? '', caller));
  }

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Check the definition of ad-hoc actions; nothing is stored' })
  @TakesYaml(ACTION_EXAMPLE)
  @ApiResponse({ status: 200, type: VerdictDto })
  validate(@TextBody() text: string): Promise<string> {
    return this.adHoc.validate(text);
  }

  @Post([':namespace', ''])
  @ApiOperation({ summary: 'Create one or more ad-hoc actions, all or none' })
  @TakesYaml(ACTION_EXAMPLE)
  @query('namespace', 'string', 'Namespace of the actions.', '')
  @query('scope', 'string', 'private or public (admins only).', 'private')
  @ApiResponse({ status: 201, schema: listOf('actions', ActionDto) })
  @ApiFaults(403, 409)
  async create(
    @Param('namespace') namespace: string | undefined,
    @TextBody() text: string,
    @LenientQuery(...UPLOAD) parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const ids = await this.adHoc.create(text, definitionOptions(parameters, caller, namespace), caller);
    return this.written(ids, caller);
  }

  @Put(['', ':identifier', ':identifier/:namespace'])
  @ApiOperation({ summary: 'Update ad-hoc actions by the names in the text, or the one of an identifier' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'greet')
  @TakesYaml(ACTION_EXAMPLE)
  @query('namespace', 'string', 'Namespace of the name.', '')
  @query('scope', 'string', 'private (also when absent) or public (admins only).', 'private')
  @ApiResponse({ status: 200, schema: listOf('actions', ActionDto) })
  @ApiIfMatch()
  @ApiFaults(403, 409)
  async update(
    @Param('identifier') identifier: string | undefined,
    @Param('namespace') namespace: string | undefined,
    @TextBody() text: string,
    @LenientQuery(...UPLOAD) parameters: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<string> {
    const options = { ...definitionOptions(parameters, caller, namespace), ifMatch };
    const ids = await this.adHoc.update(text, options, caller, identifier);
    return this.written(ids, caller);
  }

  @Delete([':identifier', ':identifier/:namespace'])
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an ad-hoc action' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'greet')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @ApiIfMatch()
  @ApiFaults(403)
  async delete(
    @Param('identifier') identifier: string,
    @Param('namespace') inPath: string | undefined,
    @Query('namespace') parameters: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<void> {
    await this.adHoc.delete(identifier, parameters.text('namespace') ?? inPath ?? '', caller, ifMatch);
  }

  private async written(ids: readonly string[], caller: CallerOf): Promise<string> {
    return `{"actions":[${(await this.reads.written(WRITTEN_ACTIONS, caller, ids)).join(',')}]}`;
  }
}
