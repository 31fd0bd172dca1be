import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { ENTITIES } from './entities/index.js';
import { MIGRATIONS } from './migrations/index.js';

export interface ConnectionOptions {
  /** `postgres://user:password@host:5432/database` */
  readonly url: string;
  readonly poolSize?: number;
  /** A transaction that stands still for so long is ended, and with it its locks. */
  readonly idleTransactionSeconds?: number;
}

/** How every process connects. The schema only ever changes by migrations. */
export function dataSourceOptions({
  url,
  poolSize = 10,
  idleTransactionSeconds = 20,
}: ConnectionOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    connectTimeoutMS: 5_000,
    applicationName: 'tramontane',
    entities: [...ENTITIES],
    migrations: [...MIGRATIONS],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    extra: {
      // Statements of one transaction share round trips.
      pipeline: true,
      keepAlive: true,
      options: `-c TimeZone=UTC -c jit=off -c idle_in_transaction_session_timeout=${idleTransactionSeconds * 1000}`,
    },
  };
}

const MIGRATION_LOCK = 7_236_001;
const LOCK_AGAIN_MS = 100;

/** Brings the schema up to date; processes that start together wait for the first of them. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await takeLock(runner);
    await dataSource.runMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

type Taken = readonly { readonly isTaken: boolean }[];

/** Asks again and again: an index that is built beside other work waits for every statement that waits. */
async function takeLock(runner: QueryRunner): Promise<void> {
  for (;;) {
    const rows = (await runner.query('SELECT pg_try_advisory_lock($1) AS "isTaken"', [MIGRATION_LOCK])) as Taken;
    if (rows[0]?.isTaken === true) return;
    await new Promise((resolve) => setTimeout(resolve, LOCK_AGAIN_MS));
  }
}

/** A connected data source whose schema is up to date. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  try {
    await migrate(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}
