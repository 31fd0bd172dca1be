import type { DataSource } from 'typeorm';
import { dataSourceOptions, openDataSource } from '../../src/store/index.js';

/** Connects a spec to its database. */
export async function openTestDataSource(url: string): Promise<DataSource> {
  return await openDataSource(dataSourceOptions({ url }));
}
