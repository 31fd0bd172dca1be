import { columnsOf } from './columns.js';
import { DefinitionTable, type OwnedRow } from './definition-table.js';
import { type Owned, ownFirst, type Viewer, visibleTo } from './tenancy.js';
import type { Queryable, Statement, Tx } from './tx.js';

/** An action whose code is an export of a code source. */
export interface DynamicActionRow extends OwnedRow {
  readonly namespace: string;
  /** Name of the exported class or function. */
  readonly className: string;
  readonly codeSourceId: string;
  readonly codeSourceName: string;
}

/** What it takes to run a dynamic action. */
export interface DynamicActionCode {
  readonly className: string;
  readonly content: string;
}

const TABLE = {
  table: 'dynamic_actions',
  model: 'dynamic action definition',
  columns: columnsOf<DynamicActionRow>({
    id: ['text'],
    projectId: ['text'],
    scope: ['text', 'changes'],
    name: ['text'],
    namespace: ['text'],
    className: ['text', 'changes'],
    codeSourceId: ['text', 'changes'],
    codeSourceName: ['text', 'changes'],
    createdAt: ['instant'],
    updatedAt: ['instant', 'changes'],
  }),
  key: ['name', 'namespace', 'project_id'],
  sharing: 'public',
  isOpenToAdmins: true,
} as const;

const CODE: Statement = {
  name: 'dynamic_actions:code',
  text: `SELECT t.class_name AS "className", s.content FROM dynamic_actions t JOIN code_sources s ON s.id = t.code_source_id
    WHERE ${visibleTo('t', '$1', 'public')} AND t.name = $2 AND t.namespace = ANY ($3::text[])
    ORDER BY array_position($3::text[], t.namespace::text), ${ownFirst('t', '$1')} LIMIT 1`,
};

/** Dynamic actions: names for the code in code sources. */
export class DynamicActionStore {
  readonly #table = new DefinitionTable<DynamicActionRow>(TABLE);

  /** By id, or by name in the namespace. */
  async find(
    db: Queryable,
    viewer: Viewer,
    identifier: string,
    namespace: string,
  ): Promise<DynamicActionRow | undefined> {
    return await this.#table.find(db, viewer, identifier, { namespaces: [namespace] });
  }

  /** The code as it is now, of the action that a project means by a name: in the namespace, else in the default one. */
  async code(
    db: Queryable,
    projectId: string,
    name: string,
    namespace: string,
  ): Promise<DynamicActionCode | undefined> {
    const [row] = await db.rows<DynamicActionCode>(CODE, [projectId, name, [...new Set([namespace, ''])]]);
    return row;
  }

  /** @throws {ConflictError} `Duplicate entry for dynamic action definition ['name', …]: greet, , None` */
  async create(tx: Tx, row: DynamicActionRow): Promise<void> {
    await this.#table.insert(tx, [row]);
  }

  /** @returns whether it was still there */
  async update(tx: Tx, row: Owned<DynamicActionRow>): Promise<boolean> {
    return (await this.#table.update(tx, [row])).length > 0;
  }

  async delete(tx: Tx, row: Owned<DynamicActionRow>): Promise<boolean> {
    return await this.#table.delete(tx, row);
  }
}
