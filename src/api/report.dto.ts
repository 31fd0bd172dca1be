import { ApiProperty } from '@nestjs/swagger';
import { DateField, FlagField, IntegerField, TextField } from './http/index.js';

const ID = '8b778ab8-b5b7-4da1-93d0-571311b26497';

/** How many tasks are in which state. */
export class StatisticsDto {
  @IntegerField({ description: 'Tasks in any of the states below.', example: 3, isRequired: true })
  readonly total_tasks_count?: number;

  @IntegerField({ description: 'Tasks in RUNNING.', example: 0, isRequired: true })
  readonly running_tasks_count?: number;

  @IntegerField({ description: 'Tasks in SUCCESS.', example: 2, isRequired: true })
  readonly success_tasks_count?: number;

  @IntegerField({ description: 'Tasks in ERROR.', example: 1, isRequired: true })
  readonly error_tasks_count?: number;

  @IntegerField({ description: 'Tasks in IDLE.', example: 0, isRequired: true })
  readonly idle_tasks_count?: number;

  @IntegerField({ description: 'Tasks in PAUSED.', example: 0, isRequired: true })
  readonly paused_tasks_count?: number;

  @IntegerField({
    description: 'Seconds a running execution will still take; -1 when nobody can know.',
    example: 0,
    isRequired: true,
  })
  readonly estimated_time?: number;
}

/** What the report has of executions, tasks and actions alike. */
class ReportEntryDto {
  @TextField({ description: 'Identifier.', example: ID, isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name, for an execution that of its workflow.', example: 'resize', isRequired: true })
  readonly name?: string;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;

  @TextField({ description: 'State.', example: 'SUCCESS', isRequired: true })
  readonly state?: string;

  @TextField({ description: 'Why it is in that state.', example: null })
  readonly state_info?: string | null;
}

/** A run of an action in the report. */
export class ReportActionDto extends ReportEntryDto {
  @FlagField({ description: 'Whether its outcome counts.', example: true, isRequired: true })
  readonly accepted?: boolean;

  @DateField({ description: 'When its executor last said that it runs, UTC.' })
  readonly last_heartbeat?: string | null;
}

/** A task in the report. */
export class ReportTaskDto extends ReportEntryDto {
  @IntegerField({ description: 'How often it was tried again; absent without a policy that did.', example: 1 })
  readonly retry_count?: number;

  @ApiProperty({ type: () => [ReportExecutionDto], description: 'The sub-workflows that it ran.', example: [] })
  readonly workflow_executions?: readonly ReportExecutionDto[];

  @ApiProperty({ type: () => [ReportActionDto], description: 'The actions that it ran.', example: [] })
  readonly action_executions?: readonly ReportActionDto[];
}

/** An execution in the report. */
export class ReportExecutionDto extends ReportEntryDto {
  @ApiProperty({
    type: () => [ReportTaskDto],
    description: 'Its tasks; absent beyond `max_depth`.',
    example: [],
    required: false,
  })
  readonly task_executions?: readonly ReportTaskDto[];
}

/** The report of an execution. */
export class ReportDto {
  @ApiProperty({ type: () => StatisticsDto, description: 'Counts of tasks by state.' })
  readonly statistics?: StatisticsDto;

  @ApiProperty({
    type: () => ReportExecutionDto,
    description: 'The execution with all below it; absent where only the counts were asked for.',
    required: false,
  })
  readonly root_workflow_execution?: ReportExecutionDto;
}
