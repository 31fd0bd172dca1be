import { Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Engine } from '../engine/index.js';
import {
  ACTION_EXECUTIONS,
  byIdBelow,
  type PageRequest,
  Reads,
  TASK_WORKFLOW_EXECUTIONS,
  TASKS,
} from '../store/queries/index.js';
import { ActionExecutionDto } from './action-executions.dto.js';
import { ExecutionDto } from './executions.dto.js';
import {
  ApiFaults,
  ApiListQuery,
  Caller,
  type CallerOf,
  JsonBody,
  listOf,
  Page,
  Parameters,
  pathParameter,
  Query,
  query,
} from './http/index.js';
import { below } from './nested-list.js';
import { TaskDto, toTaskUpdate, UpdateTaskDto } from './tasks.dto.js';
import { treeRequest } from './tree-request.js';

const BODY = { argument: 'task', ignored: [...TASKS.columns.map((column) => column.name), ...TASKS.extraFields] };
const EXAMPLE_ID = '94303cd0-0c5c-4a2e-9f5d-0d1f7b6a1c11';

/** Tasks of executions. */
@ApiTags('tasks')
@ApiExtraModels(TaskDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/tasks')
export class TasksController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Engine) private readonly engine: Engine,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List tasks' })
  @ApiListQuery(TASKS)
  @ApiResponse({ status: 200, schema: listOf('tasks', TaskDto) })
  list(@Page() page: PageRequest): Promise<string> {
    return this.reads.list(TASKS, page);
  }

  @Get([':id', ':id/:fields'])
  @ApiOperation({ summary: 'Show a task with its result' })
  @pathParameter('id', 'Identifier of the task.', EXAMPLE_ID)
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,result')
  @ApiResponse({ status: 200, type: TaskDto })
  one(
    @Param('id') id: string,
    @Param('fields') fields: string | undefined,
    @Query('fields') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    return this.reads.task(caller, id, parameters.text('fields') ?? fields);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Run a failed task again, or skip it' })
  @pathParameter('id', 'Identifier of the task.', EXAMPLE_ID)
  @ApiBody({ type: UpdateTaskDto })
  @ApiResponse({ status: 200, type: TaskDto })
  @ApiFaults(403, 415)
  async update(
    @Param('id') id: string,
    @JsonBody({ ...BODY, dto: UpdateTaskDto }) body: UpdateTaskDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const update = toTaskUpdate(body, await this.reads.taskBefore(caller, id));
    if (update.kind === 'skip') await this.engine.skipTask(id, update.env, caller);
    else await this.engine.rerunTask(id, update.reset, update.env, caller);
    return this.reads.task(caller, id);
  }

  @Get(':id/action_executions')
  @ApiOperation({ summary: 'List the action executions of a task' })
  @pathParameter('id', 'Identifier of the task.', EXAMPLE_ID)
  @ApiListQuery(ACTION_EXECUTIONS, ['task_execution_id'])
  @ApiResponse({ status: 200, schema: listOf('action_executions', ActionExecutionDto) })
  actions(@Param('id') id: string, @Page() page: PageRequest): Promise<string> {
    return this.reads.list(ACTION_EXECUTIONS, below(page, 'task_execution_id', id));
  }

  @Get(':id/action_executions/:actionId')
  @ApiOperation({ summary: 'Show an action execution of a task' })
  @pathParameter('id', 'Identifier of the task.', EXAMPLE_ID)
  @pathParameter('actionId', 'Identifier of the action execution.', '71362595-2f0e-4a5c-8a4c-7c1d0a0b9d10')
  @query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,output')
  @ApiResponse({ status: 200, type: ActionExecutionDto })
  action(
    @Param('id') id: string,
    @Param('actionId') actionId: string,
    @Query('fields') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    const notFound = ACTION_EXECUTIONS.notFound(actionId);
    return this.reads.one(ACTION_EXECUTIONS, caller, byIdBelow(actionId, id), notFound, parameters.text('fields'));
  }

  @Get(':id/workflow_executions')
  @ApiOperation({ summary: 'List the executions a task started' })
  @pathParameter('id', 'Identifier of the task.', EXAMPLE_ID)
  @ApiListQuery(TASK_WORKFLOW_EXECUTIONS, ['task_execution_id'])
  @ApiResponse({ status: 200, schema: listOf('executions', ExecutionDto) })
  workflowExecutions(@Param('id') id: string, @Page() page: PageRequest): Promise<string> {
    return this.reads.list(TASK_WORKFLOW_EXECUTIONS, below(page, 'task_execution_id', id));
  }

  @Get(':id/executions')
  @ApiOperation({ summary: 'List the executions a task started and everything below them, depth first' })
  @pathParameter('id', 'Identifier of the task.', EXAMPLE_ID)
  @query('errors_only', 'boolean', 'Only what hangs on tasks in ERROR.', false)
  @query('max_depth', 'integer', 'Levels below the first; -1 means all.', -1)
  @query('include_output', 'boolean', 'Answer `output` too.', false)
  @ApiResponse({ status: 200, schema: listOf('executions', ExecutionDto) })
  executions(
    @Param('id') id: string,
    @Query('errors_only', 'max_depth', 'include_output') parameters: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    return this.reads.taskTree(id, treeRequest(parameters, caller));
  }
}
