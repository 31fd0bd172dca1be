import { ApiProperty } from '@nestjs/swagger';
import { IntegerField, AnyField } from './http/index.js';

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

/** The report of an execution. */
export class ReportDto {
  @ApiProperty({ type: StatisticsDto, description: 'Counts of tasks by state.', example: { total_tasks_count: 3 } })
  readonly statistics?: StatisticsDto;

  @AnyField({
    description:
      'The execution with `task_executions`, each with `action_executions` and `workflow_executions`, and so on.',
    example: { id: 'aeac…', name: 'resize', state: 'SUCCESS', state_info: null, task_executions: [] },
  })
  readonly root_workflow_execution?: unknown;
}
