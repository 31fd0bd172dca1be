import { DataSource } from 'typeorm';
import type { Logger } from '../config/index.js';
import { type ConnectionOptions, dataSourceOptions } from './data-source.js';
import { Database } from './database.js';

/** One for a claim that waits, one for the lease that must not. */
const POOL_SIZE = 2;

/**
 * A database with connections for claims and the lease of the node alone. However busy the others are, it is renewed in
 * time.
 */
export class ClaimConnections {
  readonly database: Database;

  private constructor(
    private readonly dataSource: DataSource,
    logger: Logger,
  ) {
    this.database = new Database(dataSource, { logger });
  }

  /** To a server that answers, with the schema up to date. */
  static async open(options: Omit<ConnectionOptions, 'poolSize'>, logger: Logger): Promise<ClaimConnections> {
    const settings = dataSourceOptions({ ...options, poolSize: POOL_SIZE });
    const dataSource = new DataSource({ ...settings, entities: [], migrations: [] });
    return new ClaimConnections(await dataSource.initialize(), logger);
  }

  async end(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
