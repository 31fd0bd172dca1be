import { DataSource } from 'typeorm';
import { loadConfig } from './src/config/index.js';
import { dataSourceOptions } from './src/store/index.js';

const { databaseUrl, dbPoolSize } = loadConfig();
if (databaseUrl === undefined)
  throw new Error('DATABASE_URL: absent, expected postgres://user:password@host:5432/database');

/** For TypeORM's command line, e.g. `typeorm migration:show -d dist/ormconfig.js`. */
export const dataSource = new DataSource(dataSourceOptions({ url: databaseUrl, poolSize: dbPoolSize }));
