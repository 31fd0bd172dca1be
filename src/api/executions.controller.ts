import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Engine, type StartedExecution } from '../engine/index.js';
import { EXECUTIONS, type PageRequest, Reads, TASKS } from '../store/queries/index.js';
import {
  CreateExecutionDto,
  ExecutionDto,
  toPatch,
  toStart,
  UpdateExecutionDto,
  asAccepted,
  hasEnded,
} from './executions.dto.js';
import {
  ApiFaults,
  ApiListQuery,
  Caller,
  type CallerOf,
  ClientGone,
  JsonBody,
  listOf,
  Page,
  Parameters,
  pathParameter,
  Query,
  query,
} from './http/index.js';
import { below } from './nested-list.js';
import { ReportDto } from './report.dto.js';
import { TaskDto } from './tasks.dto.js';
import { depthOf, treeRequest } from './tree-request.js';
import { WaitingRequests, waitSecondsOf } from './waiting-requests.js';

const names = EXECUTIONS.columns.map((column) => column.name);
const BODY = { argument: 'wf_ex', ignored: [...names, ...EXECUTIONS.extraFields] };
const EXAMPLE_ID = '8b778ab8-b5b7-4da1-93d0-571311b26497';

/** Runs of workflows. */
@ApiTags('executions')
@ApiExtraModels(ExecutionDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/executions')
export class ExecutionsController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Engine) private readonly engine: Engine,
    @Inject(WaitingRequests) private readonly waiting: WaitingRequests,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List executions', description: 'Output is left out unless it is asked for.' })
  @ApiListQuery(EXECUTIONS)
  @ApiResponse({ status: 200, schema: listOf('executions', ExecutionDto) })
  @ApiFaults(403)
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(EXECUTIONS, page);
  }

  @Get([':id', ':id/:fields'])
  @ApiOperation({ summary: 'Show an execution' })
  @pathParameter('id', 'Identifier of the execution.', EXAMPLE_ID)
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,state')
  @ApiResponse({ status: 200, type: ExecutionDto })
  one(
    @Param('id') id: string,
    @Param('fields') fields: string | undefined,
    @Query('fields') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    return this.reads.execution(caller, id, parameters.text('fields') ?? fields);
  }

  @Post()
  @ApiOperation({ summary: 'Start a workflow', description: 'With an `id` that exists nothing is started.' })
  @query('wait', 'integer', 'Seconds to wait for its end, up to 300; then the answer has its real state.', 30)
  @ApiBody({ type: CreateExecutionDto })
  @ApiResponse({ status: 201, type: ExecutionDto })
  @ApiFaults(415)
  async create(
    @JsonBody({ ...BODY, dto: CreateExecutionDto }) body: CreateExecutionDto,
    @Query('wait') parameters: Parameters,
    @Caller() caller: CallerOf,
    @ClientGone() gone: AbortSignal,
  ): Promise<string> {
    const waitSeconds = waitSecondsOf(parameters);
    const start = (): Promise<StartedExecution> => this.engine.start(toStart(body), caller);
    const { id, isNew } = await (waitSeconds === undefined
      ? start()
      : this.waiting.startAndWait(start, waitSeconds, gone));
    if (gone.aborted) return '';
    const execution = await this.reads.writtenExecution(caller, id);
    return isNew && waitSeconds === undefined ? asAccepted(execution) : execution;
  }

  @Put(':id')
  @ApiOperation({ summary: 'Pause, resume or end an execution, or change its description or environment' })
  @pathParameter('id', 'Identifier of the execution.', EXAMPLE_ID)
  @ApiBody({ type: UpdateExecutionDto })
  @ApiResponse({ status: 200, type: ExecutionDto })
  @ApiFaults(403, 415)
  async update(
    @Param('id') id: string,
    @JsonBody({ ...BODY, dto: UpdateExecutionDto }) body: UpdateExecutionDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    // An unknown execution is the first thing to say, whatever else is wrong.
    const seen = await this.reads.seen(EXECUTIONS, caller, id);
    const pausedAt = body.state === 'RUNNING' ? await this.reads.pausedAt(seen) : undefined;
    await this.engine.updateExecution(id, toPatch(body), caller);
    const execution = await this.reads.writtenExecution(caller, id);
    const hasGoneOn = pausedAt !== undefined && (await this.reads.hasStartedTasksSince(seen, pausedAt));
    return hasGoneOn && hasEnded(execution) ? asAccepted(execution) : execution;
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an execution with everything below it' })
  @pathParameter('id', 'Identifier of the execution.', EXAMPLE_ID)
  @query('force', 'boolean', 'Delete it even if it has not ended.', false)
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @ApiFaults(403)
  async delete(
    @Param('id') id: string,
    @Query('force') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<void> {
    await this.engine.deleteExecution(id, parameters.flag('force'), caller);
  }

  @Get(':id/tasks')
  @ApiOperation({ summary: 'List the tasks of an execution' })
  @pathParameter('id', 'Identifier of the execution.', EXAMPLE_ID)
  @ApiListQuery(TASKS, ['workflow_execution_id'])
  @ApiResponse({ status: 200, schema: listOf('tasks', TaskDto) })
  async tasks(@Param('id') id: string, @Page() page: PageRequest): Promise<string> {
    await this.reads.checkExists(EXECUTIONS, page.viewer, id);
    return this.reads.list(TASKS, below(page, 'workflow_execution_id', id));
  }

  @Get(':id/executions')
  @ApiOperation({ summary: 'List an execution and everything below it, depth first' })
  @pathParameter('id', 'Identifier of the execution.', EXAMPLE_ID)
  @query('errors_only', 'boolean', 'Only what hangs on tasks in ERROR.', false)
  @query('max_depth', 'integer', 'Levels below the execution; -1 means all.', -1)
  @query('include_output', 'boolean', 'Answer `output` too.', false)
  @ApiResponse({ status: 200, schema: listOf('executions', ExecutionDto) })
  executions(
    @Param('id') id: string,
    @Query('errors_only', 'max_depth', 'include_output') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    return this.reads.executionTree(id, treeRequest(parameters, caller));
  }

  @Get(':id/report')
  @ApiOperation({ summary: 'Counts of tasks by state, and the tree of what ran' })
  @pathParameter('id', 'Identifier of the execution.', EXAMPLE_ID)
  @query('errors_only', 'boolean', 'Only tasks in ERROR.', false)
  @query('max_depth', 'integer', 'Levels below the execution; -1 means all.', -1)
  @query('statistics_only', 'boolean', 'Only the counts.', false)
  @ApiResponse({ status: 200, type: ReportDto })
  report(
    @Param('id') id: string,
    @Query('errors_only', 'max_depth', 'statistics_only') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    return this.reads.report(id, {
      viewer: caller,
      errorsOnly: parameters.flag('errors_only'),
      maxDepth: depthOf(parameters),
      statisticsOnly: parameters.flag('statistics_only'),
    });
  }
}
