import type { Pool } from 'pg';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Database } from '../database.js';

/** A row as PostgreSQL's texts, in the order of the select list. */
export type TextRow = readonly (string | null)[];

/** Runs the reads of the API: one statement each, no transaction. */
export interface ReadPool {
  rows(sql: string, values: readonly unknown[]): Promise<readonly TextRow[]>;
}

const MAX_PREPARED = 200;
const AS_TEXT = { getTypeParser: () => (value: string) => value };

/** Reads through the driver's pool, past the ORM; statements that recur are prepared once per connection. */
export class PgReadPool implements ReadPool {
  readonly #names = new Map<string, string>();

  constructor(private readonly database: Database) {}

  async rows(sql: string, values: readonly unknown[]): Promise<readonly TextRow[]> {
    const name = this.nameOf(sql);
    const query = { text: sql, values: [...values], rowMode: 'array' as const, types: AS_TEXT };
    const named = name === undefined ? query : { ...query, name };
    const result = await this.database.repeat(() => this.pool().query<(string | null)[]>(named));
    return result.rows;
  }

  /** Taken each time: the data source has another pool after a reconnect. */
  private pool(): Pool {
    const { driver } = this.database.dataSource;
    if (!(driver instanceof PostgresDriver)) throw new TypeError('Tramontane needs PostgreSQL');
    return driver.master as Pool;
  }

  /** Filters come in many combinations; only the first of them get a prepared statement. */
  private nameOf(sql: string): string | undefined {
    const known = this.#names.get(sql);
    if (known !== undefined || this.#names.size >= MAX_PREPARED) return known;
    const name = `read_${this.#names.size}`;
    this.#names.set(sql, name);
    return name;
  }
}
