import { columnsOf, storableText } from './columns.js';
import { DefinitionTable, type NamedRow, type Scope } from './definition-table.js';
import type { Owned, Viewer } from './tenancy.js';
import type { Queryable, Statement, Tx } from './tx.js';

/** A text of code that dynamic actions are made of; its version counts how often it was sent. */
export interface CodeSourceRow extends NamedRow {
  readonly content: string;
}

const TABLE = {
  table: 'code_sources',
  model: 'CodeSource',
  columns: columnsOf<CodeSourceRow>({
    id: ['text'],
    projectId: ['text'],
    scope: ['text', 'changes'],
    name: ['text'],
    namespace: ['text'],
    version: ['int'],
    content: ['text', 'changes'],
    createdAt: ['instant'],
    updatedAt: ['instant', 'changes'],
  }),
  key: ['name', 'namespace', 'project_id'],
  sharing: 'public',
  isOpenToAdmins: true,
} as const;

const REPLACE: Statement = {
  name: 'code_sources:replace',
  text: `UPDATE code_sources SET content = $2, scope = $3, version = version + 1, updated_at = clock_timestamp()
    WHERE id = $1 RETURNING id`,
};

/** Code sources as users sent them. */
export class CodeSourceStore {
  readonly #table = new DefinitionTable<CodeSourceRow>(TABLE);

  /** By id, or by name in the namespace. */
  async find(db: Queryable, viewer: Viewer, identifier: string, namespace: string): Promise<CodeSourceRow | undefined> {
    return await this.#table.find(db, viewer, identifier, { namespaces: [namespace] });
  }

  /** @throws {ConflictError} `Duplicate entry for CodeSource ['name', 'namespace', 'project_id']: tools, , None` */
  async create(tx: Tx, row: CodeSourceRow): Promise<void> {
    await this.#table.insert(tx, [row]);
  }

  /**
   * Replaces the content; the version grows even when it is the same.
   * @returns whether it was still there
   */
  async replace(tx: Tx, { id }: Owned<CodeSourceRow>, content: string, scope: Scope): Promise<boolean> {
    return (await tx.rows(REPLACE, [id, storableText(content), scope])).length > 0;
  }

  /** Its dynamic actions go with it. */
  async delete(tx: Tx, row: Owned<CodeSourceRow>): Promise<boolean> {
    return await this.#table.delete(tx, row);
  }
}
