import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Reads } from '../store/queries/index.js';
import { ApiFaults, Caller, type CallerOf, Parameters, pathParameter, Query } from './http/index.js';
import { WhyDto } from './why.dto.js';

const EXAMPLE_ID = '8b778ab8-b5b7-4da1-93d0-571311b26497';

/** Why an execution has not ended yet; not in the original. */
@ApiTags('executions')
@ApiFaults(400, 404, 500, 503)
@Controller('v2/executions/:id/why')
export class WhyController {
  constructor(@Inject(Reads) private readonly reads: Reads) {}

  @Get()
  @ApiOperation({ summary: 'Explain what each unfinished task waits for, until when, and who holds it' })
  @pathParameter('id', 'Identifier of the execution.', EXAMPLE_ID)
  @ApiResponse({ status: 200, type: WhyDto })
  one(@Param('id') id: string, @Query() _none: Parameters, @Caller() caller: CallerOf): Promise<string> {
    return this.reads.why(caller, id);
  }
}
