import { Column, Entity } from 'typeorm';
import { OwnedEntity } from './owned.entity.js';

@Entity('cron_triggers')
export class CronTriggerEntity extends OwnedEntity {
  @Column('varchar')
  name!: string;

  /** Five fields, seconds last where there is a sixth. */
  @Column('varchar')
  pattern!: string;

  @Column('timestamptz', { name: 'first_execution_time', nullable: true })
  firstExecutionTime!: Date | null;

  @Column('timestamptz', { name: 'next_execution_time' })
  nextExecutionTime!: Date;

  /** Null means for ever. */
  @Column('integer', { name: 'remaining_executions', nullable: true })
  remainingExecutions!: number | null;

  @Column('varchar', { name: 'workflow_id' })
  workflowId!: string;

  @Column('varchar', { name: 'workflow_name' })
  workflowName!: string;

  @Column('text', { name: 'workflow_input' })
  workflowInput!: string;

  @Column('varchar', { name: 'workflow_input_hash' })
  workflowInputHash!: string;

  @Column('text', { name: 'workflow_params' })
  workflowParams!: string;

  @Column('varchar', { name: 'workflow_params_hash' })
  workflowParamsHash!: string;

  @Column('varchar', { name: 'trust_id', nullable: true })
  trustId!: string | null;
}
