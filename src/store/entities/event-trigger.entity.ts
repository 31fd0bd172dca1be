import { Column, Entity } from 'typeorm';
import { OwnedEntity } from './owned.entity.js';

@Entity('event_triggers')
export class EventTriggerEntity extends OwnedEntity {
  @Column('varchar', { nullable: true })
  name!: string | null;

  @Column('varchar', { name: 'workflow_id' })
  workflowId!: string;

  @Column('text', { name: 'workflow_input' })
  workflowInput!: string;

  @Column('text', { name: 'workflow_params' })
  workflowParams!: string;

  @Column('varchar')
  exchange!: string;

  @Column('varchar')
  topic!: string;

  @Column('varchar')
  event!: string;

  @Column('varchar', { name: 'trust_id', nullable: true })
  trustId!: string | null;
}
