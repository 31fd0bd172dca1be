import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type PageRequest, Reads } from '../store/queries/index.js';
import { HistoryEntryDto } from './history.dto.js';
import { ApiFaults, listOf, Page, pathParameter, query } from './http/index.js';

/** What has happened to an execution; not in the original. */
@ApiTags('executions')
@ApiExtraModels(HistoryEntryDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/executions/:id/history')
export class HistoryController {
  constructor(@Inject(Reads) private readonly reads: Reads) {}

  @Get()
  @ApiOperation({ summary: 'List what an execution was told, decision by decision' })
  @pathParameter('id', 'Identifier of the execution.', '8b778ab8-b5b7-4da1-93d0-571311b26497')
  @query('limit', 'integer', 'Entries per page, at least 1; the server has an upper bound, which is the default.', 50)
  @query('marker', 'integer', 'Version of the last entry of the page before.', 3)
  @query('count', 'boolean', 'Answer the number of entries on all pages as `X-Total-Count`.', true)
  @ApiResponse({ status: 200, schema: listOf('history', HistoryEntryDto) })
  list(@Param('id') id: string, @Page() page: PageRequest): Promise<string> {
    return this.reads.history(id, page);
  }
}
