import { ConflictError } from '../core/shared/index.js';
import type { Instant } from '../core/flow/index.js';
import { type Column, decodeRow, encodeRow, recordShape, recordValue, selectList } from './columns.js';
import { duplicateOf } from './errors.js';
import { type Owned, ownFirst, type Sharing, type Viewer, visibleTo } from './tenancy.js';
import type { Queryable, Statement } from './tx.js';

export type Scope = 'private' | 'public';

/** What everything has that a project owns and may publish. */
export interface ProjectRow {
  readonly id: string;
  readonly projectId: string;
  readonly scope: Scope;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

/** What every definition has. */
export interface OwnedRow extends ProjectRow {
  readonly name: string;
}

/** A definition that is known by its name in a namespace, `''` by default. `version` counts its changes. */
export interface NamedRow extends OwnedRow {
  readonly namespace: string;
  readonly version: number;
}

export interface TableOptions {
  readonly table: string;
  /** As clients know it in error texts, e.g. `WorkflowDefinition`. */
  readonly model: string;
  readonly columns: readonly Column[];
  /** Columns that no two rows may have in common. */
  readonly key: readonly string[];
  readonly sharing: Sharing;
  /** Whether administrators find those of all projects. */
  readonly isOpenToAdmins: boolean;
}

export interface FindOptions {
  /** Namespaces to look in, the best first; ignored by tables without. */
  readonly namespaces?: readonly string[];
  /** By default a name or an id is meant. */
  readonly by?: 'name' | 'id';
}

/** The statements that all definitions have in common; a store adds what its aggregate needs. */
export class DefinitionTable<Row extends ProjectRow> {
  readonly #statements: ReturnType<typeof statementsOf>;

  constructor(private readonly options: TableOptions) {
    this.#statements = statementsOf(options);
  }

  /**
   * The row that the viewer means: an id before a name, the first namespace before the next, the viewer's own before
   * another project's.
   */
  async find(db: Queryable, viewer: Viewer, identifier: string, options: FindOptions = {}): Promise<Row | undefined> {
    const { namespaces = [''], by } = options;
    const statement = viewer.isAdmin && this.options.isOpenToAdmins ? this.#statements.findAny : this.#statements.find;
    const byId = by === 'name' ? null : identifier;
    const byName = by === 'id' ? null : identifier;
    const values = [viewer.projectId, byId, byName, ...(this.#hasNamespaces ? [namespaces] : [])];
    return this.#decode(await db.rows(statement, values))[0];
  }

  /**
   * Rows that are there by their id were inserted before: the answer to that commit was lost.
   * @throws {ConflictError} naming the first row whose name is taken; nothing is inserted then if the caller rolls back
   */
  async insert(db: Queryable, rows: readonly Row[]): Promise<readonly Row[]> {
    const stored = this.#decode(await db.rows(this.#statements.insert, [this.#encode(rows)]));
    const ids = new Set(stored.map(({ id }) => id));
    const refused = rows.filter(({ id }) => !ids.has(id));
    if (refused.length === 0) return stored;
    const before = this.#decode(await db.rows(this.#statements.byIds, [refused.map(({ id }) => id)]));
    const taken = refused.find(({ id }) => !before.some((row) => row.id === id));
    if (taken !== undefined) throw this.#duplicate(taken);
    return [...before, ...stored];
  }

  /** Inserts rows, or changes those of the same name in the same project; these keep their id. */
  async upsert(db: Queryable, rows: readonly Row[]): Promise<readonly Row[]> {
    return this.#decode(await db.rows(this.#statements.upsert, [this.#encode(rows)]));
  }

  /**
   * Changes rows, by id; `updatedAt` and `version` move only where something else does.
   * @throws {ConflictError} when a new name is taken
   */
  async update(db: Queryable, rows: readonly Owned<Row>[]): Promise<readonly Row[]> {
    try {
      return this.#decode(await db.rows(this.#statements.update, [this.#encode(rows)]));
    } catch (error) {
      const [first] = rows;
      if (first === undefined || duplicateOf(error) === undefined) throw error;
      throw this.#duplicate(first);
    }
  }

  async delete(db: Queryable, { id }: Owned<Row>): Promise<boolean> {
    const rows = await db.rows(this.#statements.remove, [id]);
    return rows.length > 0;
  }

  get #hasNamespaces(): boolean {
    return this.options.key.includes('namespace');
  }

  #encode(rows: readonly Row[]): string {
    return JSON.stringify(rows.map((row) => encodeRow(this.options.columns, row)));
  }

  #decode(rows: object[]): Row[] {
    return rows.map((row) => decodeRow<Row>(this.options.columns, row));
  }

  /** As Mistral words it, with the project left out. */
  #duplicate(row: Row): ConflictError {
    const { model, key, columns } = this.options;
    const names = key.map((column) => `'${column}'`).join(', ');
    const propertyOf = (name: string) => columns.find(({ column }) => column === name)?.property as keyof Row;
    const values = key.map((column) => (column === 'project_id' ? 'None' : String(row[propertyOf(column)])));
    return new ConflictError(`Duplicate entry for ${model} [${names}]: ${values.join(', ')}`);
  }
}

function statementsOf(options: TableOptions) {
  const { table, columns, key, sharing } = options;
  const record = `json_to_recordset($1::json) u(${recordShape(columns)})`;
  const names = columns.map(({ column }) => column).join(', ');
  const insert = `INSERT INTO ${table} AS t (${names}) SELECT ${columns.map((column) => recordValue(column)).join(', ')}
    FROM ${record} ON CONFLICT (${key.join(', ')})`;
  const returning = `RETURNING ${selectList(columns, 't')}`;
  const named = (name: string, text: string): Statement => ({ name: `${table}:${name}`, text });
  return {
    find: named('find', finding(options, visibleTo('t', '$1', sharing))),
    findAny: named('find-any', finding(options, 'true')),
    byIds: named('by-ids', `SELECT ${selectList(columns, 't')} FROM ${table} t WHERE t.id = ANY($1::text[])`),
    insert: named('insert', `${insert} DO NOTHING ${returning}`),
    upsert: named(
      'upsert',
      `${insert} DO UPDATE SET ${assignments(columns, (column) => `excluded.${column.column}`)} ${returning}`,
    ),
    update: named(
      'update',
      `UPDATE ${table} t SET ${assignments(columns, (column) => recordValue(column))} FROM ${record} WHERE t.id = u.id ${returning}`,
    ),
    remove: named('delete', `DELETE FROM ${table} WHERE id = $1 RETURNING id`),
  };
}

function finding({ table, columns, key }: TableOptions, visible: string): string {
  const hasNamespaces = key.includes('namespace');
  const byName = hasNamespaces ? 't.name = $3 AND t.namespace = ANY($4::text[])' : 't.name = $3';
  const order = hasNamespaces ? `array_position($4::text[], t.namespace::text), ` : '';
  return `SELECT ${selectList(columns, 't')} FROM ${table} t WHERE ${visible} AND (t.id = $2 OR ${byName})
    ORDER BY (t.id = $2) IS TRUE DESC, ${order}${ownFirst('t', '$1')} LIMIT 1`;
}

/** What a change sets: the row's new values, and the marks of a change where there is one. */
function assignments(columns: readonly Column[], value: (column: Column) => string): string {
  const changing = columns.filter(({ change, column }) => change !== 'fixed' && column !== 'updated_at');
  const before = changing.map(({ column }) => `t.${column}`).join(', ');
  const after = changing.map((column) => value(column)).join(', ');
  const isChanged = `(${before}) IS DISTINCT FROM (${after})`;
  const sets = changing.map((column) => `${column.column} = ${value(column)}`);
  const marks = columns.filter(({ column }) => column === 'updated_at' || column === 'version');
  return [
    ...sets,
    ...marks.map((mark) => `${mark.column} = CASE WHEN ${isChanged} THEN ${moved(mark)} ELSE t.${mark.column} END`),
  ].join(', ');
}

function moved(mark: Column): string {
  return mark.column === 'version' ? 't.version + 1' : 'clock_timestamp()';
}
