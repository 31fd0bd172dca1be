import { Column, Entity } from 'typeorm';
import { NamedEntity } from './owned.entity.js';

@Entity('code_sources')
export class CodeSourceEntity extends NamedEntity {
  @Column('text')
  content!: string;

  @Column('text', { nullable: true })
  tags!: string | null;

  /** Grows with each change of the content. */
  @Column('integer')
  version!: number;
}
