import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { InputError } from '../core/shared/index.js';
import { CodeSources } from '../definitions/index.js';
import { byIdOrName, CODE_SOURCES, type PageRequest, Reads } from '../store/queries/index.js';
import { CODE_EXAMPLE, CodeSourceDto } from './code-sources.dto.js';
import { definitionOptions } from './definition-options.js';
import {
  AdminOnly,
  ApiFaults,
  ApiListQuery,
  Caller,
  type CallerOf,
  LenientQuery,
  listOf,
  Page,
  Parameters,
  pathParameter,
  Query,
  query,
  TextBody,
} from './http/index.js';

const CODE = {
  schema: {
    type: 'string',
    description: 'Text of an ES module, sent with any content type but XML.',
    example: CODE_EXAMPLE,
  },
  required: true,
};

/** Code for dynamic actions. */
@ApiTags('code_sources')
@ApiExtraModels(CodeSourceDto)
@ApiFaults(400, 404, 500, 503)
@AdminOnly()
@Controller('v2/code_sources')
export class CodeSourcesController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(CodeSources) private readonly sources: CodeSources,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List code sources' })
  @ApiListQuery(CODE_SOURCES)
  @ApiResponse({ status: 200, schema: listOf('code_sources', CodeSourceDto) })
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(CODE_SOURCES, page);
  }

  @Get(':identifier')
  @ApiOperation({ summary: 'Show a code source' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'greetings')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,version')
  @ApiResponse({ status: 200, type: CodeSourceDto })
  one(
    @Param('identifier') identifier: string,
    @Query('namespace', 'fields') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const namespace = parameters.text('namespace') ?? '';
    const notFound = `Code Source not found [name=${identifier},namespace=${namespace}]`;
    return this.reads.one(CODE_SOURCES, caller, byIdOrName(identifier, namespace), notFound, parameters.text('fields'));
  }

  @Post()
  @ApiOperation({ summary: 'Create a code source', description: 'The text is not looked at before an action runs.' })
  @ApiConsumes('text/plain')
  @ApiBody(CODE)
  @query('name', 'string', 'Name of the code source; must be given.', 'greetings')
  @query('namespace', 'string', 'Namespace of the code source.', '')
  @query('scope', 'string', 'private or public.', 'private')
  @ApiResponse({ status: 201, type: CodeSourceDto })
  @ApiFaults(409)
  async create(
    @TextBody() content: string,
    @LenientQuery('name', 'namespace', 'scope') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const name = parameters.text('name');
    if (name === undefined) throw new InputError('Missing argument: "name"');
    const id = await this.sources.create(name, content, definitionOptions(parameters, caller), caller);
    return this.show(id, caller);
  }

  @Put(['', ':identifier'])
  @ApiOperation({
    summary: 'Replace a code source',
    description: 'Its version grows by 1, also when the text is the same.',
  })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'greetings')
  @ApiConsumes('text/plain')
  @ApiBody(CODE)
  @query('identifier', 'string', 'Identifier or name, where the path has none.', 'greetings')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @query('scope', 'string', 'private (also when absent) or public.', 'private')
  @ApiResponse({ status: 200, type: CodeSourceDto })
  async update(
    @Param('identifier') inPath: string | undefined,
    @TextBody() content: string,
    @LenientQuery('identifier', 'namespace', 'scope') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const identifier = inPath ?? parameters.text('identifier');
    if (identifier === undefined) throw new InputError('Missing argument: "identifier"');
    const id = await this.sources.update(identifier, content, definitionOptions(parameters, caller), caller);
    return this.show(id, caller);
  }

  @Delete(':identifier')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a code source, and the dynamic actions made of it' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'greetings')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @ApiResponse({ status: 204, description: 'Deleted.' })
  async delete(
    @Param('identifier') identifier: string,
    @Query('namespace') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<void> {
    await this.sources.delete(identifier, parameters.text('namespace') ?? '', caller);
  }

  private async show(id: string, caller: CallerOf): Promise<string> {
    return (await this.reads.written(CODE_SOURCES, caller, [id])).join(',');
  }
}
