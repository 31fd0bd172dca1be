import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { BulkExecutions } from './bulk-executions.js';
import { BulkAnswerDto, BulkRequestDto, toBulk } from './bulk.dto.js';
import { ApiFaults, Caller, type CallerOf, JsonBody, Parameters, Query } from './http/index.js';

/** Changes of many executions at once; not in the original. */
@ApiTags('executions')
@ApiFaults(400, 403, 404, 415, 500, 503)
@Controller('v2/executions/bulk')
export class BulkController {
  constructor(@Inject(BulkExecutions) private readonly bulk: BulkExecutions) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pause, resume, stop, rerun or delete all executions that a filter matches',
    description:
      'Each is changed on its own, as by a request for it alone; one that can not be changed keeps none of the others from it.',
  })
  @ApiBody({ type: BulkRequestDto })
  @ApiResponse({ status: 200, type: BulkAnswerDto })
  async run(
    @JsonBody({ argument: 'bulk', dto: BulkRequestDto, ignored: [] }) body: BulkRequestDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    return JSON.stringify(await this.bulk.run(toBulk(body), caller));
  }
}
