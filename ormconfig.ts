import { DataSource } from 'typeorm';
import { loadConfig } from './src/config/index.js';
import { dataSourceOptions } from './src/store/index.js';

const { databaseUrl, dbPoolSize } = loadConfig();
if (databaseUrl === undefined)
  throw new Error('DATABASE_URL: absent, expected postgres://user:password@host:5432/database');

/**
 * For TypeORM's command line:
 * `node --import ./test/support/typescript.mjs node_modules/typeorm/cli.js migration:show -d ormconfig.ts`
 */
export const dataSource = new DataSource(dataSourceOptions({ url: databaseUrl, poolSize: dbPoolSize }));
