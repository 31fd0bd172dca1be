import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A definition that its owner shares with another project. */
@Entity('resource_members')
export class ResourceMemberEntity {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar', { name: 'resource_id' })
  resourceId!: string;

  /** `workflow` or `workbook`. */
  @Column('varchar', { name: 'resource_type' })
  resourceType!: string;

  /** The owner. */
  @Column('varchar', { name: 'project_id' })
  projectId!: string;

  /** The project it is shared with. */
  @Column('varchar', { name: 'member_id' })
  memberId!: string;

  /** `pending`, `accepted` or `rejected`. */
  @Column('varchar')
  status!: string;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', nullable: true })
  updatedAt!: Date | null;
}
