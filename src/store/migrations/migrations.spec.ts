import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { openTestDataSource } from '../../../test/support/data-source.js';

const FOLDER = 'src/store/migrations';
/** Their rows live for moments. */
const ALWAYS_SMALL = ['outbox', 'timers'];
const FILES = readdirSync(FOLDER).filter((file) => /^\d{4}-.*\.ts$/.test(file));

/** Tables that the migration of a file makes are empty, so their indexes are built at once. */
function blockingIndexesOf(file: string): readonly string[] {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
  const made = new Set([...ALWAYS_SMALL, ...[...text.matchAll(/CREATE TABLE (\w+)/g)].map(([, table]) => table)]);
  const indexes = [...text.matchAll(/CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)(?:IF NOT EXISTS )?(\w+)\s+ON (\w+)/g)];
  return indexes.flatMap(([, index = '', table]) => (made.has(table) ? [] : [index]));
}

it.each(FILES)('%s builds the indexes of filled tables beside other work (CONCURRENTLY)', (file) => {
  expect(blockingIndexesOf(file)).toEqual([]);
});

describe('an index of a filled table', () => {
  let testing: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    testing = await testDatabase();
    source = await openTestDataSource(testing.url);
  });
  afterAll(async () => {
    await source.destroy();
    await testing.drop();
  });

  async function asSuperuser(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: testing.superuserUrl });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }

  it('is built while processes that start wait for it, also after an attempt that was cut off', async () => {
    await source.query(`DELETE FROM migrations WHERE name LIKE 'ListIndexes%'`);
    await asSuperuser(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'task_executions_name'::regclass`);
    const others = await Promise.all([openTestDataSource(testing.url), openTestDataSource(testing.url)]);
    await Promise.all(others.map((other) => other.destroy()));

    expect(
      await source.query('SELECT indisvalid FROM pg_index WHERE indexrelid = $1::regclass', ['task_executions_name']),
    ).toEqual([{ indisvalid: true }]);
  });
});
