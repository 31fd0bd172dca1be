import { Column, Entity } from 'typeorm';
import { NamedEntity } from './owned.entity.js';

@Entity('workbooks')
export class WorkbookEntity extends NamedEntity {
  @Column('text')
  definition!: string;

  @Column('text', { nullable: true })
  tags!: string | null;

  @Column('integer')
  version!: number;
}
