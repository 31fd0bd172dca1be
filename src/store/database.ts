import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Logger } from '../config/index.js';
import { ServiceUnavailableError, troubleOf, type Trouble } from './errors.js';
import { PgTx, type Queryable, type Statement, type Tx } from './tx.js';

export interface DatabaseOptions {
  /** How long a call is repeated while the server is away, in milliseconds. */
  readonly giveUpAfterMs?: number;
  readonly logger?: Logger;
}

const GIVE_UP_AFTER_MS = 10_000;
const LONGEST_PAUSE_MS = 1_000;
/** A deadlock takes a second to be noticed, so conflicts are counted rather than timed. */
const MOST_CONFLICTS = 20;

/**
 * Transactions and single statements, repeated with growing pauses after deadlocks and while the server is away.
 * Work may therefore run more than once: what it does besides SQL must bear that.
 */
export class Database implements Queryable {
  readonly #giveUpAfterMs: number;

  constructor(
    readonly dataSource: DataSource,
    private readonly options: DatabaseOptions = {},
  ) {
    this.#giveUpAfterMs = options.giveUpAfterMs ?? GIVE_UP_AFTER_MS;
  }

  /** @throws {ServiceUnavailableError} when the server stays away */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return await this.repeat(() => this.#once(work));
  }

  /** One statement in its own transaction: one round trip. */
  async rows<Row extends object>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    return await this.transaction((tx) => tx.rowsThenCommit<Row>(statement, values));
  }

  /** Repeats any work with the database, e.g. through a repository, as `transaction` does. */
  async repeat<T>(work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#giveUpAfterMs;
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble === undefined) throw error;
        if (trouble === 'conflict' ? attempt >= MOST_CONFLICTS : performance.now() >= deadline) {
          throw new ServiceUnavailableError('The service is temporarily unavailable', { cause: error });
        }
        if (trouble === 'connection' && attempt === 0) {
          this.options.logger?.warn({ err: error }, 'The database does not answer; trying again');
        }
        await pause(trouble, attempt);
      }
    }
  }

  async #once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#pool().connect();
    client.on('error', ignore);
    const tx = new PgTx(client);
    try {
      const result = await work(tx);
      await tx.commit();
      release(client);
      return result;
    } catch (error) {
      const isUsable = await tx.rollback().then(
        () => troubleOf(error) !== 'connection',
        () => false,
      );
      release(client, isUsable);
      throw error;
    }
  }

  /** Taken each time: the data source has another pool after a reconnect. */
  #pool(): Pool {
    const { driver } = this.dataSource;
    if (!(driver instanceof PostgresDriver)) throw new TypeError('Tramontane needs PostgreSQL');
    return driver.master as Pool;
  }
}

/** A connection that breaks fails its queries; the event of its own would otherwise end the process. */
function ignore(): void {
  // Nothing to add: the query that was under way reports it.
}

function release(client: PoolClient, isUsable = true): void {
  client.removeListener('error', ignore);
  client.release(!isUsable);
}

async function pause(trouble: Trouble, attempt: number): Promise<void> {
  const base = trouble === 'conflict' ? 5 : 50;
  const longestMs = Math.min(base * 2 ** attempt, LONGEST_PAUSE_MS);
  const pauseMs = longestMs / 2 + (Math.random() * longestMs) / 2;
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
}
