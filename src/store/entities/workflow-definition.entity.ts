import { Column, Entity } from 'typeorm';
import { NamedEntity } from './owned.entity.js';

@Entity('workflow_definitions')
export class WorkflowDefinitionEntity extends NamedEntity {
  @Column('text')
  definition!: string;

  /** Key of `workflow_specs`. */
  @Column('varchar', { name: 'spec_id' })
  specId!: string;

  /** MD5 of the definition; null for members of a workbook. */
  @Column('varchar', { nullable: true })
  checksum!: string | null;

  /** JSON text of a list, e.g. `["vm"]`. */
  @Column('text', { nullable: true })
  tags!: string | null;

  @Column('varchar', { name: 'workbook_name', nullable: true })
  workbookName!: string | null;

  /** For display: `vm, flavor="m1"`. */
  @Column('text', { name: 'input_text' })
  inputText!: string;

  /** JSON text: `{"input": ["vm", {"flavor": "m1"}], "output": ["status"]}`. */
  @Column('text')
  interface!: string;

  @Column('integer')
  version!: number;

  @Column('boolean', { name: 'is_system' })
  isSystem!: boolean;
}
