import { afterEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { type TestDatabase, testDatabase } from './postgres.js';

const made: TestDatabase[] = [];

async function aDatabase(isEmpty = false): Promise<TestDatabase> {
  const one = await testDatabase({ isEmpty });
  made.push(one);
  return one;
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return result.rows;
}

afterEach(async () => {
  for (const one of made.splice(0)) await one.drop();
});

it('gives each caller a database of its own', async () => {
  const [first, second] = [await aDatabase(), await aDatabase()];
  await query(first.url, 'CREATE TABLE mine AS SELECT 1');
  await expect(query(second.url, 'SELECT FROM mine')).rejects.toThrow('does not exist');
});

it('gives a database with our tables', async () => {
  const { url } = await aDatabase();
  expect(await query(url, `SELECT to_regclass('workflow_definitions') IS NOT NULL AS there`)).toEqual([
    { there: true },
  ]);
});

it('gives an empty database when asked', async () => {
  const { url } = await aDatabase(true);
  expect(await query(url, `SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`)).toEqual([{ n: 0 }]);
});

it('drops a database that is still in use', async () => {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  await database.drop();
  await expect(client.query('SELECT 1')).rejects.toThrow();
});
