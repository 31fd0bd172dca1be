import { ApiProperty } from '@nestjs/swagger';
import { DateField, IntegerField, TextField } from './http/index.js';

const ID = '8b778ab8-b5b7-4da1-93d0-571311b26497';

/** Something that a task waits for. */
export class WaitDto {
  @TextField({ description: 'action, execution, timer or task.', example: 'action', isRequired: true })
  readonly kind?: string;

  @TextField({
    description: 'Identifier of what is waited for; null for a task that has not been started.',
    example: ID,
  })
  readonly id?: string | null;

  @TextField({ description: 'Its name.', example: 'std.http', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'Its state.', example: 'RUNNING' })
  readonly state?: string | null;

  @IntegerField({ description: 'Number of the item, for with-items.', example: 0 })
  readonly index?: number;

  @TextField({ description: 'One sentence.', example: 'Action std.http runs on node-1/5f2c.', isRequired: true })
  readonly why?: string;

  @DateField({ description: 'Since when, UTC.' })
  readonly since?: string | null;

  @DateField({ description: "Until when, UTC: the time of a timer, the end of an executor's lease." })
  readonly until?: string | null;

  @TextField({ description: 'The process whose executor runs the action.', example: 'node-1/5f2c' })
  readonly held_by?: string | null;

  @IntegerField({ description: 'How often the action has been started.', example: 1 })
  readonly attempts?: number;
}

/** An unfinished task with what it waits for. */
export class WaitingTaskDto {
  @TextField({ description: 'Identifier.', example: ID, isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name.', example: 'deploy', isRequired: true })
  readonly name?: string;

  @TextField({ description: 'ACTION or WORKFLOW.', example: 'ACTION', isRequired: true })
  readonly type?: string;

  @TextField({ description: 'State.', example: 'RUNNING', isRequired: true })
  readonly state?: string;

  @TextField({ description: 'Why it is in that state.', example: null })
  readonly state_info?: string | null;

  @TextField({ description: 'One sentence.', example: 'Task b is RUNNING.', isRequired: true })
  readonly why?: string;

  @DateField({ description: 'When its timeout fails it, UTC.' })
  readonly timeout_at?: string | null;

  @ApiProperty({ type: [WaitDto], description: 'What it waits for, at most 20.', example: [] })
  readonly waits_for?: readonly WaitDto[];

  @IntegerField({ description: 'How many more there are.', example: 0, isRequired: true })
  readonly more?: number;
}

/** Why an execution has not ended. */
export class WhyDto {
  @TextField({ description: 'Identifier.', example: ID, isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Name of the workflow.', example: 'resize', isRequired: true })
  readonly workflow_name?: string;

  @TextField({ description: 'State of the execution.', example: 'RUNNING', isRequired: true })
  readonly state?: string;

  @TextField({ description: 'Why it is in that state.', example: null })
  readonly state_info?: string | null;

  @TextField({ description: 'One sentence.', example: 'It ends when this task has ended.', isRequired: true })
  readonly why?: string;

  @DateField({ description: 'When the timeout of the workflow ends it, UTC.' })
  readonly until?: string | null;

  @IntegerField({ description: 'Events on their way to it.', example: 0, isRequired: true })
  readonly undelivered_events?: number;

  @ApiProperty({ type: [WaitingTaskDto], description: 'Its unfinished tasks, the oldest first.', example: [] })
  readonly tasks?: readonly WaitingTaskDto[];
}
