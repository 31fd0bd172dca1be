import type { JsonObject } from '../core/shared/index.js';
import { columnsOf } from './columns.js';
import { DefinitionTable, type FindOptions, type NamedRow } from './definition-table.js';
import type { JsonText } from './json-text.js';
import type { Owned, Viewer } from './tenancy.js';
import type { Queryable, Tx } from './tx.js';

/** An ad-hoc action: another action with inputs and output of its own. */
export interface ActionDefinitionRow extends NamedRow {
  readonly definition: string;
  readonly spec: JsonObject | JsonText;
  /** For display: `to, subject="hi"`. */
  readonly inputText: string | null;
  readonly description: string | null;
  readonly tags: readonly string[] | null;
  readonly workbookName: string | null;
  readonly isSystem: boolean;
}

const TABLE = {
  table: 'action_definitions',
  model: 'Action',
  columns: columnsOf<ActionDefinitionRow>({
    id: ['text'],
    projectId: ['text'],
    scope: ['text', 'changes'],
    name: ['text', 'changes'],
    namespace: ['text'],
    version: ['int'],
    definition: ['text', 'changes'],
    spec: ['json', 'changes'],
    inputText: ['text', 'changes'],
    description: ['text', 'changes'],
    tags: ['json?', 'changes'],
    workbookName: ['text', 'changes'],
    isSystem: ['bool'],
    createdAt: ['instant'],
    updatedAt: ['instant', 'changes'],
  }),
  key: ['name', 'namespace', 'project_id'],
  sharing: 'public',
  isOpenToAdmins: true,
} as const;

/** Ad-hoc actions as users wrote them, with what was parsed from them. */
export class ActionDefinitionStore {
  readonly #table = new DefinitionTable<ActionDefinitionRow>(TABLE);

  /** By id or name; PUT, DELETE and calls from a workflow fall back to the namespace `''`. */
  async find(
    db: Queryable,
    viewer: Viewer,
    identifier: string,
    options?: FindOptions,
  ): Promise<ActionDefinitionRow | undefined> {
    return await this.#table.find(db, viewer, identifier, options);
  }

  /** @throws {ConflictError} `Duplicate entry for Action ['name', 'namespace', 'project_id']: greet, , None` */
  async create(tx: Tx, rows: readonly ActionDefinitionRow[]): Promise<readonly ActionDefinitionRow[]> {
    return await this.#table.insert(tx, rows);
  }

  /** Creates those of a workbook, or changes them where they exist. */
  async createOrUpdate(tx: Tx, rows: readonly ActionDefinitionRow[]): Promise<readonly ActionDefinitionRow[]> {
    return await this.#table.upsert(tx, rows);
  }

  /** @throws {ConflictError} when a new name is taken */
  async update(tx: Tx, rows: readonly Owned<ActionDefinitionRow>[]): Promise<readonly ActionDefinitionRow[]> {
    return await this.#table.update(tx, rows);
  }

  async delete(tx: Tx, row: Owned<ActionDefinitionRow>): Promise<boolean> {
    return await this.#table.delete(tx, row);
  }
}
