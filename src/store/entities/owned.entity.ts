import { Column, PrimaryColumn } from 'typeorm';

/** What every definition has: an owner, who may see it, and its dates. */
export abstract class OwnedEntity {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar', { name: 'project_id' })
  projectId!: string;

  /** `private` or `public`. */
  @Column('varchar')
  scope!: string;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', nullable: true })
  updatedAt!: Date | null;
}

/** An owned thing that is known by its name in a namespace. */
export abstract class NamedEntity extends OwnedEntity {
  @Column('varchar')
  name!: string;

  /** `''` by default. */
  @Column('varchar')
  namespace!: string;
}
