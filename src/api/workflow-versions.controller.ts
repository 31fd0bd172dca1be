import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type PageRequest, Reads } from '../store/queries/index.js';
import {
  ApiFaults,
  Caller,
  type CallerOf,
  listOf,
  Page,
  Parameters,
  pathParameter,
  Query,
  query,
} from './http/index.js';
import { WorkflowVersionDto } from './workflow-versions.dto.js';

/** What a workflow was before; not in the original. */
@ApiTags('workflows')
@ApiExtraModels(WorkflowVersionDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/workflows/:identifier/versions')
export class WorkflowVersionsController {
  constructor(@Inject(Reads) private readonly reads: Reads) {}

  @Get()
  @ApiOperation({ summary: 'List the versions of a workflow, the newest first' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'resize')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @query('limit', 'integer', 'Versions per page, at least 1; the server has an upper bound, which is the default.', 50)
  @query('marker', 'integer', 'Number of the last version of the page before.', 3)
  @query('count', 'boolean', 'Answer the number of versions on all pages as `X-Total-Count`.', true)
  @ApiResponse({ status: 200, schema: listOf('versions', WorkflowVersionDto) })
  list(@Param('identifier') identifier: string, @Page() page: PageRequest): Promise<string> {
    return this.reads.workflowVersions(identifier, page);
  }

  @Get(':version')
  @ApiOperation({ summary: 'Show a version of a workflow' })
  @pathParameter('identifier', 'Identifier, or name in the namespace.', 'resize')
  @pathParameter('version', 'Number of the version.', '2')
  @query('namespace', 'string', 'Namespace of the name.', '')
  @ApiResponse({ status: 200, type: WorkflowVersionDto })
  one(
    @Param('identifier') identifier: string,
    @Param('version') version: string,
    @Query('namespace') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    return this.reads.workflowVersion(caller, identifier, parameters.text('namespace') ?? '', version);
  }
}
