import { columnsOf } from './columns.js';
import { DefinitionTable, type NamedRow } from './definition-table.js';
import type { Owned, Viewer } from './tenancy.js';
import type { Queryable, Tx } from './tx.js';

export interface WorkbookRow extends NamedRow {
  readonly definition: string;
  readonly tags: readonly string[] | null;
}

const TABLE = {
  table: 'workbooks',
  model: 'WorkbookDefinition',
  columns: columnsOf<WorkbookRow>({
    id: ['text'],
    projectId: ['text'],
    scope: ['text', 'changes'],
    name: ['text'],
    namespace: ['text'],
    version: ['int'],
    definition: ['text', 'changes'],
    tags: ['json?', 'changes'],
    createdAt: ['instant'],
    updatedAt: ['instant', 'changes'],
  }),
  key: ['name', 'namespace', 'project_id'],
  sharing: 'public',
  isOpenToAdmins: true,
} as const;

/** Workbooks as users wrote them; their workflows and actions have rows of their own. */
export class WorkbookStore {
  readonly #table = new DefinitionTable<WorkbookRow>(TABLE);

  /** By name, in exactly this namespace. */
  async find(db: Queryable, viewer: Viewer, name: string, namespace: string): Promise<WorkbookRow | undefined> {
    return await this.#table.find(db, viewer, name, { namespaces: [namespace], by: 'name' });
  }

  /** @throws {ConflictError} `Duplicate entry for WorkbookDefinition ['name', 'namespace', 'project_id']: wb, , None` */
  async create(tx: Tx, row: WorkbookRow): Promise<WorkbookRow> {
    await this.#table.insert(tx, [row]);
    return row;
  }

  /** @returns `undefined` when it is gone */
  async update(tx: Tx, row: Owned<WorkbookRow>): Promise<WorkbookRow | undefined> {
    const [stored] = await this.#table.update(tx, [row]);
    return stored;
  }

  /** Its workflows and actions stay, as in Mistral. */
  async delete(tx: Tx, row: Owned<WorkbookRow>): Promise<boolean> {
    return await this.#table.delete(tx, row);
  }
}
