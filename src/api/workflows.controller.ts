import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type ExpectedTags, Workflows } from '../definitions/index.js';
import { byIdOrName, type PageRequest, Reads, withJsonShown, WORKFLOWS } from '../store/queries/index.js';
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
import { WORKFLOW_EXAMPLE, WorkflowDto, WrittenWorkflowDto } from './workflows.dto.js';

const WRITTEN = withJsonShown(WORKFLOWS);
const UPLOAD = ['namespace', 'scope', 'skip_validation'];

/** Definitions of workflows. */
@ApiTags('workflows')
@ApiExtraModels(WorkflowDto, WrittenWorkflowDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/workflows')
export class WorkflowsController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Workflows) private readonly workflows: Workflows,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List workflows' })
  @ApiListQuery(WORKFLOWS)
  @ApiResponse({ status: 200, schema: listOf('workflows', WorkflowDto) })
  @ApiFaults(403)
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(WORKFLOWS, page);
  }

  @Get(':identifier')
  @ApiOperation({ summary: 'Show a workflow' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'resize')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,definition')
  @ApiTagged(WorkflowDto)
  async one(
    @Param('identifier') identifier: string,
    @Query('namespace', 'fields') parameters: Parameters,
    @Caller() caller: CallerOf,
    @Conditional() show: ShowTagged,
  ): Promise<string | undefined> {
    const namespace = parameters.text('namespace') ?? '';
    const notFound = `Workflow not found [workflow_identifier=${identifier}, namespace=${namespace}]`;
    const match = byIdOrName(identifier, namespace);
    return show(await this.reads.tagged(WORKFLOWS, caller, match, notFound, parameters.text('fields')));
  }

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Check the definition of workflows; nothing is stored' })
  @TakesYaml(WORKFLOW_EXAMPLE)
  @ApiResponse({ status: 200, type: VerdictDto })
  validate(@TextBody() text: string): Promise<string> {
    return this.workflows.validate(text);
  }

  @Post([':namespace', ''])
  @ApiOperation({ summary: 'Create one or more workflows, all or none' })
  @TakesYaml(WORKFLOW_EXAMPLE)
  @query('namespace', 'string', 'Namespace of the workflows.', '')
  @query('scope', 'string', 'private or public (admins only).', 'private')
  @ApiResponse({ status: 201, schema: listOf('workflows', WrittenWorkflowDto) })
  @ApiFaults(403, 409)
  async create(
    @Param('namespace') namespace: string | undefined,
    @TextBody() text: string,
    @LenientQuery(...UPLOAD) parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const options = definitionOptions(parameters, caller, namespace);
    const ids = await this.workflows.create(text, options, caller);
    return `{"workflows":[${(await this.reads.written(WRITTEN, caller, ids)).join(',')}]}`;
  }

  @Put()
  @ApiOperation({ summary: 'Update one or more workflows by the names in the text, all or none' })
  @TakesYaml(WORKFLOW_EXAMPLE)
  @query('namespace', 'string', 'Namespace of the workflows.', '')
  @query('scope', 'string', 'private (also when absent) or public (admins only).', 'private')
  @ApiResponse({ status: 200, schema: listOf('workflows', WrittenWorkflowDto) })
  @ApiIfMatch()
  @ApiFaults(403)
  async updateAll(
    @TextBody() text: string,
    @LenientQuery(...UPLOAD) parameters: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<string> {
    const options = { ...definitionOptions(parameters, caller), ifMatch };
    const ids = await this.workflows.update(text, options, caller);
    return `{"workflows":[${(await this.reads.written(WRITTEN, caller, ids)).join(',')}]}`;
  }

  @Put(':identifier')
  @ApiOperation({ summary: 'Update a workflow; another name in the text renames it' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'resize')
  @TakesYaml(WORKFLOW_EXAMPLE)
  @query('namespace', 'string', 'Namespace of the name.', '')
  @query('scope', 'string', 'private (also when absent) or public (admins only).', 'private')
  @ApiResponse({ status: 200, type: WrittenWorkflowDto })
  @ApiIfMatch()
  @ApiFaults(403, 409)
  async update(
    @Param('identifier') identifier: string,
    @TextBody() text: string,
    @LenientQuery(...UPLOAD) parameters: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<string> {
    const options = { ...definitionOptions(parameters, caller), ifMatch };
    const ids = await this.workflows.update(text, options, caller, identifier);
    return (await this.reads.written(WRITTEN, caller, ids)).join(',');
  }

  @Delete(':identifier')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a workflow; its executions stay' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'resize')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @ApiIfMatch()
  @ApiFaults(403)
  async delete(
    @Param('identifier') identifier: string,
    @Query('namespace') parameters: Parameters,
    @Caller() caller: CallerOf,
    @IfMatch() ifMatch: ExpectedTags,
  ): Promise<void> {
    await this.workflows.delete(identifier, parameters.text('namespace') ?? '', caller, ifMatch);
  }
}
