import type { JsonObject } from '../core/shared/index.js';
import { columnsOf } from './columns.js';
import { DefinitionTable, type OwnedRow } from './definition-table.js';
import type { Owned, Viewer } from './tenancy.js';
import type { Queryable, Tx } from './tx.js';

/** Named variables that executions start with. */
export interface EnvironmentRow extends OwnedRow {
  /** Counts its changes. */
  readonly version: number;
  readonly description: string | null;
  readonly variables: JsonObject;
}

const TABLE = {
  table: 'environments',
  model: 'Environment',
  columns: columnsOf<EnvironmentRow>({
    id: ['text'],
    projectId: ['text'],
    scope: ['text', 'changes'],
    name: ['text'],
    version: ['int'],
    description: ['text', 'changes'],
    variables: ['json', 'changes'],
    createdAt: ['instant'],
    updatedAt: ['instant', 'changes'],
  }),
  key: ['name', 'project_id'],
  sharing: 'public',
  // As in Mistral, even administrators only see their own and public ones.
  isOpenToAdmins: false,
} as const;

export class EnvironmentStore {
  readonly #table = new DefinitionTable<EnvironmentRow>(TABLE);

  /** The project's own, or a public one of that name. */
  async find(db: Queryable, viewer: Viewer, name: string): Promise<EnvironmentRow | undefined> {
    return await this.#table.find(db, viewer, name, { by: 'name' });
  }

  /** @throws {ConflictError} `Duplicate entry for Environment ['name', 'project_id']: prod, None` */
  async create(tx: Tx, row: EnvironmentRow): Promise<EnvironmentRow> {
    await this.#table.insert(tx, [row]);
    return row;
  }

  /** @returns `undefined` when it is gone */
  async update(tx: Tx, row: Owned<EnvironmentRow>): Promise<EnvironmentRow | undefined> {
    const [stored] = await this.#table.update(tx, [row]);
    return stored;
  }

  async delete(tx: Tx, row: Owned<EnvironmentRow>): Promise<boolean> {
    return await this.#table.delete(tx, row);
  }
}
