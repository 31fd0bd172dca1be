import type { PoolClient } from 'pg';

/** SQL under a name, so that a connection plans it once. One name, one text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Where statements can be sent: an open transaction, or the database, where each is a transaction of its own. */
export interface Queryable {
  rows<Row extends object>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * An open transaction. Statements sent without waiting for each other travel together, in order:
 * `await Promise.all([tx.rows(A), tx.rows(B)])` is one round trip.
 */
export interface Tx extends Queryable {
  /** As `rows`, with the COMMIT in the same round trip; the transaction takes nothing after it. */
  rowsThenCommit<Row extends object>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * Tables begin empty and grow by thousands of rows before their statistics follow: a plan that scans a "tiny" table would
 * turn every write quadratic. All hot statements find their rows by index, so only such plans are allowed.
 */
export const BEGIN =
  'BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off';

/** A transaction on one connection; BEGIN travels with its first statement. */
export class PgTx implements Tx {
  #state: 'new' | 'open' | 'done' = 'new';

  constructor(private readonly client: PoolClient) {}

  async rows<Row extends object>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    return await this.#send<Row>(statement, values, false);
  }

  async rowsThenCommit<Row extends object>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    return await this.#send<Row>(statement, values, true);
  }

  async commit(): Promise<void> {
    if (this.#state === 'open') await this.#end('COMMIT');
    this.#state = 'done';
  }

  async rollback(): Promise<void> {
    if (this.#state === 'open') await this.#end('ROLLBACK');
    this.#state = 'done';
  }

  async #end(command: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    this.#state = 'done';
    const { command: done } = await this.client.query(command);
    if (done !== command) throw new Error(`${command} ended in ${done}: a statement before it had failed`);
  }

  async #send<Row extends object>(statement: Statement, values: readonly unknown[], thenCommit: boolean) {
    if (this.#state === 'done') throw new Error(`${statement.name} after the end of its transaction`);
    const begin = this.#state === 'new' ? this.client.query(BEGIN) : undefined;
    this.#state = 'open';
    const result = this.client.query<Row>({ ...statement, values: values as unknown[] });
    const end = thenCommit ? this.#end('COMMIT') : undefined;
    const [beginning, answer, commit] = await Promise.allSettled([begin, result, end]);
    if (beginning.status === 'rejected') throw beginning.reason;
    if (answer.status === 'rejected') throw answer.reason;
    if (commit.status === 'rejected') throw commit.reason;
    return answer.value.rows;
  }
}
