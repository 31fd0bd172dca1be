import { Column, Entity } from 'typeorm';
import { NamedEntity } from './owned.entity.js';

@Entity('dynamic_actions')
export class DynamicActionEntity extends NamedEntity {
  @Column('varchar', { name: 'class_name' })
  className!: string;

  @Column('varchar', { name: 'code_source_id' })
  codeSourceId!: string;

  @Column('varchar', { name: 'code_source_name' })
  codeSourceName!: string;
}
