import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { EXECUTIONS, Reads } from '../store/queries/index.js';
import { EventStreams } from './event-streams.js';
import {
  ApiFaults,
  Caller,
  type CallerOf,
  type HttpReply,
  type HttpRequest,
  Parameters,
  pathParameter,
  Query,
} from './http/index.js';

const EXAMPLE =
  'id: 3\nevent: task\ndata: {"id":"8b77…","name":"deploy","state":"SUCCESS","state_info":null,"version":3}\n';

/** Changes of state as they happen; not in the original. */
@ApiTags('executions')
@ApiFaults(400, 404, 500, 503)
@Controller('v2/executions/:id/events')
export class ExecutionEventsController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(EventStreams) private readonly streams: EventStreams,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Follow the states of an execution and its tasks as server-sent events, until it has ended',
  })
  @pathParameter('id', 'Identifier of the execution.', '8b778ab8-b5b7-4da1-93d0-571311b26497')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Version after which to go on.',
    schema: { type: 'integer', example: 3 },
  })
  @ApiResponse({
    status: 200,
    description: 'A stream.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  async follow(
    @Param('id') id: string,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
    @Req() request: HttpRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const seen = await this.reads.checkExists(EXECUTIONS, caller, id);
    this.streams.checkRoom();
    // Kept alive, the connection would outlast the shutdown that ended its stream.
    const own = {
      connection: 'close',
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    };
    reply.hijack();
    reply.raw.writeHead(200, { ...reply.getHeaders(), ...own });
    reply.raw.flushHeaders();
    await this.streams.follow(seen, lastVersion(request), reply.raw);
  }
}

/** What the client has seen already; whatever is no version counts as nothing. */
function lastVersion({ headers }: HttpRequest): number {
  const text = headers['last-event-id'];
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
