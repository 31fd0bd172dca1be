import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { CONFIG, loadConfig, LOGGER, silentLogger } from '../config/index.js';
import { Database, dataSourceOptions, ExecutionStore, openDataSource, StoreModule, WakeupStore } from './index.js';
import { MIGRATIONS } from './migrations/index.js';

let testing: TestDatabase;

beforeEach(async () => {
  testing = await testDatabase({ isEmpty: true });
});

afterEach(async () => {
  await testing.drop();
});

describe('StoreModule', () => {
  it('brings the schema up to date, hands out the stores, and lets go of the database at the end', async () => {
    const config = loadConfig({ DATABASE_URL: testing.url, DB_POOL_SIZE: '3' });
    @Global()
    @Module({
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: silentLogger },
      ],
      exports: [CONFIG, LOGGER],
    })
    class Settings {}
    const app = await Test.createTestingModule({ imports: [Settings, StoreModule] }).compile();
    await app.init();

    expect(await app.get(WakeupStore).rowsWithoutWakeup()).toEqual([]);
    expect(await app.get(Database).transaction((tx) => app.get(ExecutionStore).lock(tx, 'none'))).toBeUndefined();

    const source = app.get(DataSource);
    await app.close();
    expect(source.isInitialized).toBe(false);
  });
});

describe('migrations', () => {
  it('are run once by processes that start together', async () => {
    const options = dataSourceOptions({ url: testing.url, poolSize: 2 });

    const sources = await Promise.all(Array.from({ length: 5 }, () => openDataSource(options)));

    const [first] = sources;
    expect(await first?.query('SELECT count(*)::int AS n FROM migrations')).toEqual([{ n: MIGRATIONS.length }]);
    expect(await first?.showMigrations()).toBe(false);
    await Promise.all(sources.map((source) => source.destroy()));
  });

  it('can be taken back', async () => {
    const source = await openDataSource(dataSourceOptions({ url: testing.url }));

    for (let left = MIGRATIONS.length; left > 0; left--) await source.undoLastMigration();

    const left = await source.query<unknown[]>(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') AND relname <> 'migrations'`,
    );
    await source.destroy();
    expect(left).toEqual([]);
  });

  it('make a table for every entity, column by column', async () => {
    const source = await openDataSource(dataSourceOptions({ url: testing.url }));

    const reads = source.entityMetadatas.map(({ target }) => source.getRepository(target).find({ take: 1 }));

    expect(await Promise.all(reads)).toEqual(source.entityMetadatas.map(() => []));
    await source.destroy();
  });
});
