import { Column, Entity } from 'typeorm';
import { NamedEntity } from './owned.entity.js';

/** An ad-hoc action. */
@Entity('action_definitions')
export class ActionDefinitionEntity extends NamedEntity {
  @Column('text')
  definition!: string;

  /** JSON text of the parsed action. */
  @Column('text')
  spec!: string;

  /** For display: `to, subject="hi"`. */
  @Column('text', { name: 'input_text', nullable: true })
  inputText!: string | null;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { nullable: true })
  tags!: string | null;

  @Column('varchar', { name: 'workbook_name', nullable: true })
  workbookName!: string | null;

  @Column('integer')
  version!: number;

  @Column('boolean', { name: 'is_system' })
  isSystem!: boolean;
}
