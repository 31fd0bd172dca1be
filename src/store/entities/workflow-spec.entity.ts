import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A parsed workflow under the hash of its content; executions keep the one they began with. */
@Entity('workflow_specs')
export class WorkflowSpecEntity {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('text')
  spec!: string;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false })
  createdAt!: Date;
}
