import type { Pool } from 'pg';
import type { Database } from '../database.js';
import { isTimeout, ReadTimeoutError } from '../errors.js';

/** A row as PostgreSQL's texts, in the order of the select list. */
export type TextRow = readonly (string | null)[];

/** Runs the reads of the API: one statement each, no transaction. */
export interface ReadPool {
  rows(sql: string, values: readonly unknown[]): Promise<readonly TextRow[]>;
}

const MAX_PREPARED = 200;
const TOO_SLOW =
  'Finding the answer took too long and was given up: ask for less, e.g. by filters for a state, a workflow or a time.';
const AS_TEXT = { getTypeParser: () => (value: string) => value };

/** Reads past the ORM; statements that recur are prepared once per connection. */
export class PgReadPool implements ReadPool {
  readonly #names = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly pool: Pool,
  ) {}

  async rows(sql: string, values: readonly unknown[]): Promise<readonly TextRow[]> {
    const name = this.nameOf(sql);
    const query = { text: sql, values: [...values], rowMode: 'array' as const, types: AS_TEXT };
    const named = name === undefined ? query : { ...query, name };
    try {
      return (await this.database.repeat(() => this.pool.query<(string | null)[]>(named))).rows;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      throw new ReadTimeoutError(TOO_SLOW, { cause: error });
    }
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
