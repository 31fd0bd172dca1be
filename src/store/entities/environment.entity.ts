import { Column, Entity } from 'typeorm';
import { OwnedEntity } from './owned.entity.js';

@Entity('environments')
export class EnvironmentEntity extends OwnedEntity {
  @Column('varchar')
  name!: string;

  @Column('integer')
  version!: number;

  @Column('text', { nullable: true })
  description!: string | null;

  /** JSON text of an object. */
  @Column('text')
  variables!: string;
}
