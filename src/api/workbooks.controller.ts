import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type ExpectedTags, Workbooks } from '../definitions/index.js';
import { byName, type PageRequest, Reads, WORKBOOKS } from '../store/queries/index.js';
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
import { WORKBOOK_EXAMPLE, WorkbookDto } from './workbooks.dto.js';
import { VerdictDto } from './verdict.dto.js';

const UPLOAD = ['namespace', 'scope', 'skip_validation'];

/** Workbooks: workflows and ad-hoc actions in one text. */
@ApiTags('workbooks')
@ApiExtraModels(WorkbookDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/workbooks')
export class WorkbooksController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Workbooks) private readonly workbooks: Workbooks,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List workbooks' })
  @ApiListQuery(WORKBOOKS)
  @ApiResponse({ status: 200, schema: listOf('workbooks', WorkbookDto) })
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(WORKBOOKS, page);
  }

  @Get([':name', ':name/:namespace'])
  @ApiOperation({ summary: 'Show a workbook' })
  @pathParameter('name', 'Name of the workbook.', 'ops')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,definition')
  @ApiTagged(WorkbookDto)
  async one(
    @Param('name') name: string,
    @Param('namespace') inPath: string | undefined,
    @Query('namespace', 'fields') parameters: Parameters,
    @Caller() caller: CallerOf,
    @Conditional() show: ShowTagged,
  ): Promise<string | undefined> {
    const namespace = parameters.text('namespace') ?? inPath ?? '';
    const notFound = `Workbook not found [name=${name}, namespace=${namespace}]`;
    const match = byName(name, namespace);
    return show(await this.reads.tagged(WORKBOOKS, caller, match, notFound, parameters.text('fields')));
  }

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Check the definition of a workbook; nothing is stored' })
  @TakesYaml(WORKBOOK_EXAMPLE)
  @ApiResponse({ status: 200, type: VerdictDto })
  validate(@TextBody() text: string): Promise<string> {
    return this.workbooks.validate(text);
  }

  @Post()
  @ApiOperation({ summary: 'Create a workbook; its members are created or updated' })
  @TakesYaml(WORKBOOK_EXAMPLE)
  @query('namespace', 'string', 'Namespace of the workbook.', '')
  @query('scope', 'string', 'private or public (admins only).', 'private')
  @ApiResponse({ status: 201, type: WorkbookDto })
  @ApiFaults(403, 409)
  async create(
    @TextBody() text: string,
    @LenientQuery(...UPLOAD) parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const id = await this.workbooks.create(text, definitionOptions(parameters, caller), caller);
    return (await this.reads.written(WORKBOOKS, caller, [id])).join(',');
  }

  @Put()
  @ApiOperation({ summary: 'Update the workbook that the text names; members it no longer has stay' })
  @TakesYaml(WORKBOOK_EXAMPLE)
  @query('namespace', 'string', 'Namespace of the workbook.', '')
  @query('scope', 'string', 'private (also when absent) or public (admins only).', 'private')
  @ApiResponse({ status: 200, type: WorkbookDto })
  @ApiIfMatch()
  @ApiFaults(403)
  async update(
    @TextBody() text: string,
    @LenientQuery(...UPLOAD) parameters: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<string> {
    const options = { ...definitionOptions(parameters, caller), ifMatch };
    const id = await this.workbooks.update(text, options, caller);
    return (await this.reads.written(WORKBOOKS, caller, [id])).join(',');
  }

  @Delete([':name', ':name/:namespace'])
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a workbook; its members stay' })
  @pathParameter('name', 'Name of the workbook.', 'ops')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @ApiIfMatch()
  @ApiFaults(403)
  async delete(
    @Param('name') name: string,
    @Param('namespace') inPath: string | undefined,
    @Query('namespace') parameters: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<void> {
    await this.workbooks.delete(name, parameters.text('namespace') ?? inPath ?? '', caller, ifMatch);
  }
}
