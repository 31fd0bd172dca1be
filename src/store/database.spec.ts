import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { openTestDataSource } from '../../test/support/data-source.js';
import { Database, dataSourceOptions } from './index.js';
import { BEGIN, PgTx } from './tx.js';

const ONE = { name: 'one', text: 'SELECT 1 AS n' };
const BACKEND = { name: 'backend', text: 'SELECT pg_backend_pid() AS pid' };
const BROKEN = { name: 'broken', text: 'SELECT 1 / $1::int AS n' };

let testing: TestDatabase;
let source: DataSource;
let database: Database;

beforeEach(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source, { giveUpAfterMs: 1_000 });
});

afterEach(async () => {
  if (source.isInitialized) await source.destroy();
  await testing.drop();
});

describe('a transaction', () => {
  it('runs again after a deadlock, so that both sides get through', async () => {
    await source.query('CREATE TABLE counters (id int PRIMARY KEY, n int)');
    await source.query('INSERT INTO counters VALUES (1, 0), (2, 0)');
    const add = { name: 'add', text: 'UPDATE counters SET n = n + 1 WHERE id = $1' };

    const addBoth = async (first: number, second: number): Promise<void> =>
      database.transaction(async (tx) => {
        await tx.rows(add, [first]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await tx.rows(add, [second]);
      });
    await Promise.all([addBoth(1, 2), addBoth(2, 1)]);

    expect(await source.query('SELECT n FROM counters')).toEqual([{ n: 2 }, { n: 2 }]);
  });

  it('runs again when its connection is lost', async () => {
    let runs = 0;

    const result = await database.transaction(async (tx) => {
      runs += 1;
      const [row] = await tx.rows<{ pid: number }>(BACKEND);
      if (runs === 1) await source.query('SELECT pg_terminate_backend($1)', [row?.pid]);
      return tx.rows(ONE);
    });

    expect(result).toEqual([{ n: 1 }]);
    expect(runs).toBe(2);
  });

  it('runs again when it stood still for longer than it may, and has held its locks no longer', async () => {
    const short = new DataSource(dataSourceOptions({ url: testing.url, idleTransactionSeconds: 1 }));
    await source.query('CREATE TABLE counters (id int PRIMARY KEY, n int)');
    await source.query('INSERT INTO counters VALUES (1, 0)');
    const frozen = new Database(await short.initialize());
    let runs = 0;

    await frozen.transaction(async (tx) => {
      runs += 1;
      await tx.rows({ name: 'add', text: 'UPDATE counters SET n = n + 1' });
      // Answered only once the lock is gone.
      if (runs === 1) await source.query('UPDATE counters SET n = n + 10');
    });

    expect(runs).toBe(2);
    expect(await source.query('SELECT n FROM counters')).toEqual([{ n: 11 }]);
    await short.destroy();
  });

  it('fails when its beginning fails', async () => {
    const failure = Object.assign(new Error('canceling statement due to user request'), { code: '57014' });
    const client = { query: async (sql: unknown) => (sql === BEGIN ? Promise.reject(failure) : { rows: [{ n: 1 }] }) };

    await expect(new PgTx(client as unknown as PoolClient).rows(ONE)).rejects.toBe(failure);
  });

  it('survives that all idle connections are lost', async () => {
    await Promise.all(Array.from({ length: 5 }, () => database.rows(ONE)));
    await source.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
    );

    expect(await Promise.all(Array.from({ length: 10 }, () => database.rows(ONE)))).toEqual(
      Array.from({ length: 10 }, () => [{ n: 1 }]),
    );
  });

  it('fails at once for an error of its own, and leaves a connection that works', async () => {
    const failing = database.transaction((tx) => tx.rowsThenCommit(BROKEN, [0]));

    await expect(failing).rejects.toThrow('division by zero');
    expect(await database.rows(BROKEN, [1])).toEqual([{ n: 1 }]);
  });

  it('takes nothing after its end', async () => {
    const late = database.transaction(async (tx) => {
      await tx.rowsThenCommit(ONE);
      await tx.rows(ONE);
    });

    await expect(late).rejects.toThrow('one after the end of its transaction');
  });
});

describe('a server that stays away', () => {
  it('is reported as unavailable after the time that calls wait', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    let calls = 0;

    const waiting = database.repeat(async () => {
      calls += 1;
      return Promise.reject(refused);
    });

    await expect(waiting).rejects.toMatchObject({ name: 'ServiceUnavailableError', status: 503, cause: refused });
    expect(calls).toBeGreaterThan(3);
  });
});
