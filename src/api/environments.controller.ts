import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiExcludeEndpoint, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { InputError } from '../core/shared/index.js';
import { Environments, type ExpectedTags } from '../definitions/index.js';
import { byNameAlone, ENVIRONMENTS, type PageRequest, Reads } from '../store/queries/index.js';
import { checkMayPublish } from './definition-options.js';
import { EnvironmentDto, toEnvironment, WriteEnvironmentDto } from './environments.dto.js';
import {
  ApiFaults,
  ApiIfMatch,
  ApiListQuery,
  ApiTagged,
  Caller,
  type CallerOf,
  Conditional,
  IfMatch,
  JsonBody,
  listOf,
  Page,
  Parameters,
  pathParameter,
  Query,
  query,
  type ShowTagged,
} from './http/index.js';

const KEYS = "['name', 'description', 'variables', 'scope']";
const NOT_ALLOWED = `Please, check your environment definition. Only: ${KEYS} are allowed as definition keys.`;
const names = ENVIRONMENTS.columns.map((column) => column.name);

/** Named sets of values that executions can use. */
@ApiTags('environments')
@ApiExtraModels(EnvironmentDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/environments')
export class EnvironmentsController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Environments) private readonly environments: Environments,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List environments' })
  @ApiListQuery(ENVIRONMENTS)
  @ApiResponse({ status: 200, schema: listOf('environments', EnvironmentDto) })
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(ENVIRONMENTS, page);
  }

  @Get([':name', ':name/:fields'])
  @ApiOperation({ summary: 'Show an environment' })
  @pathParameter('name', 'Name of the environment.', 'prod')
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,variables')
  @ApiTagged(EnvironmentDto)
  async one(
    @Param('name') name: string,
    @Param('fields') fields: string | undefined,
    @Query('fields') parameters: Parameters,
    @Caller() caller: CallerOf,
    @Conditional() show: ShowTagged,
  ): Promise<string | undefined> {
    const wanted = parameters.text('fields') ?? fields;
    const notFound = ENVIRONMENTS.notFound(name);
    return show(await this.reads.tagged(ENVIRONMENTS, caller, byNameAlone(name), notFound, wanted));
  }

  @Post()
  @ApiOperation({ summary: 'Create an environment' })
  @ApiBody({ type: WriteEnvironmentDto })
  @ApiResponse({ status: 201, type: EnvironmentDto })
  @ApiFaults(403, 409, 415)
  async create(
    @JsonBody({ argument: 'env', dto: WriteEnvironmentDto, ignored: [], refused: { names, text: NOT_ALLOWED } })
    body: WriteEnvironmentDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    if (body.scope === 'public') checkMayPublish(caller);
    const id = await this.environments.create(toEnvironment(body, 'Name of the environment is not provided.'), caller);
    return this.show(id, caller);
  }

  @Put()
  @ApiOperation({ summary: 'Change the environment that the body names; what the body leaves out stays' })
  @ApiBody({ type: WriteEnvironmentDto })
  @ApiResponse({ status: 200, type: EnvironmentDto })
  @ApiIfMatch()
  @ApiFaults(403, 415)
  async update(
    @JsonBody({ argument: 'env', dto: WriteEnvironmentDto, ignored: [], refused: { names, text: NOT_ALLOWED } })
    body: WriteEnvironmentDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<string> {
    if (body.scope === 'public') checkMayPublish(caller);
    const patch = toEnvironment(body, 'Name of the environment is not provided.');
    const id = await this.environments.update(patch, caller, ifMatch);
    return this.show(id, caller);
  }

  @Put(':name')
  @ApiExcludeEndpoint()
  updateByPath(): never {
    throw new InputError('The name of the environment belongs into the body: PUT /v2/environments.');
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an environment; executions that use it have a copy' })
  @pathParameter('name', 'Name of the environment.', 'prod')
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @ApiIfMatch()
  async delete(
    @Param('name') name: string,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<void> {
    await this.environments.delete(name, caller, ifMatch);
  }

  private async show(id: string, caller: CallerOf): Promise<string> {
    return (await this.reads.written(ENVIRONMENTS, caller, [id])).join(',');
  }
}
