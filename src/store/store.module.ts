import { Inject, Injectable, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import { ActionDefinitionStore } from './action-definition.store.js';
import { ClaimConnections } from './claim-connections.js';
import { ClaimStore } from './claim.store.js';
import { CodeSourceStore } from './code-source.store.js';
import { CronTriggerStore } from './cron-trigger.store.js';
import { DataStore } from './data.store.js';
import { dataSourceOptions, openDataSource } from './data-source.js';
import { Database } from './database.js';
import { DeletionStore } from './deletion.store.js';
import { DynamicActionStore } from './dynamic-action.store.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/index.js';
import { EnvironmentStore } from './environment.store.js';
import { EventTriggerStore } from './event-trigger.store.js';
import { ExecutionStore } from './execution.store.js';
import { ExpirationStore } from './expiration.store.js';
import { LookupStore } from './lookup.store.js';
import { MaintenanceStore } from './maintenance.store.js';
import { OutboxStore } from './outbox.store.js';
import { ReadConnections } from './read-connections.js';
import { ResourceMemberStore } from './resource-member.store.js';
import { StandaloneStore } from './standalone.store.js';
import { SuspectStore } from './suspect.store.js';
import { TimerStore } from './timer.store.js';
import { WaitingStore } from './waiting.store.js';
import { WakeupStore } from './wakeup.store.js';
import { WorkbookStore } from './workbook.store.js';
import { WorkflowDefinitionStore } from './workflow-definition.store.js';
import { WorkflowVersionStore } from './workflow-version.store.js';

/** Where PostgreSQL is: the one that was configured, or one of our own. */
export abstract class PostgresServer {
  abstract readonly url: string;
  abstract stop(): Promise<void>;
}

const postgresServer: Provider = {
  provide: PostgresServer,
  inject: [CONFIG, LOGGER],
  useFactory: async (config: Config, logger: Logger): Promise<PostgresServer | EmbeddedPostgres> => {
    if (config.databaseUrl !== undefined) return { url: config.databaseUrl, stop: async () => Promise.resolve() };
    return await startEmbeddedPostgres({ dataDir: config.dataDir, logger });
  },
};

@Module({ providers: [postgresServer], exports: [PostgresServer] })
class PostgresServerModule {}

/** Leaves the database in order: everybody else is done with it by `beforeApplicationShutdown`. */
@Injectable()
class StoreShutdown implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(PostgresServer) private readonly server: PostgresServer,
    @Inject(ReadConnections) private readonly reads: ReadConnections,
    @Inject(ClaimConnections) private readonly claims: ClaimConnections,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.reads.end();
    await this.claims.end();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.server.stop();
  }
}

const ON_THEIR_OWN = [
  ActionDefinitionStore,
  CodeSourceStore,
  CronTriggerStore,
  DataStore,
  DynamicActionStore,
  EnvironmentStore,
  EventTriggerStore,
  ExecutionStore,
  ExpirationStore,
  LookupStore,
  MaintenanceStore,
  ResourceMemberStore,
  StandaloneStore,
  SuspectStore,
  WorkbookStore,
  WorkflowDefinitionStore,
  WorkflowVersionStore,
] as const;
const ON_THE_DATABASE = [DeletionStore, OutboxStore, TimerStore, WaitingStore, WakeupStore] as const;

const stores: readonly Provider[] = [
  {
    provide: Database,
    inject: [DataSource, LOGGER],
    useFactory: (dataSource: DataSource, logger: Logger) => new Database(dataSource, { logger }),
  },
  {
    provide: ReadConnections,
    inject: [PostgresServer, CONFIG],
    useFactory: ({ url }: PostgresServer, { dbReadPoolSize, dbReadTimeoutSeconds }: Config) =>
      new ReadConnections({ url, poolSize: dbReadPoolSize, timeoutSeconds: dbReadTimeoutSeconds }),
  },
  {
    provide: ClaimConnections,
    inject: [PostgresServer, CONFIG, LOGGER, DataSource],
    useFactory: ({ url }: PostgresServer, { dbIdleTransactionSeconds }: Config, logger: Logger) =>
      ClaimConnections.open({ url, idleTransactionSeconds: dbIdleTransactionSeconds }, logger),
  },
  {
    provide: ClaimStore,
    inject: [ClaimConnections],
    useFactory: ({ database }: ClaimConnections) => new ClaimStore(database),
  },
  ...ON_THEIR_OWN.map((store) => ({ provide: store, useFactory: () => new store() })),
  ...ON_THE_DATABASE.map((store) => ({
    provide: store,
    inject: [Database],
    useFactory: (database: Database) => new store(database),
  })),
];

/**
 * The database with its stores. A global module provides CONFIG and LOGGER. The schema is brought up to date at start,
 * while other processes that start wait; a server that is still starting is waited for.
 */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      imports: [PostgresServerModule],
      inject: [PostgresServer, CONFIG],
      useFactory: ({ url }: PostgresServer, { dbPoolSize, dbIdleTransactionSeconds }: Config) => ({
        ...dataSourceOptions({ url, poolSize: dbPoolSize, idleTransactionSeconds: dbIdleTransactionSeconds }),
        retryAttempts: 20,
        retryDelay: 500,
      }),
      dataSourceFactory: async (options?: DataSourceOptions) => {
        if (options === undefined) throw new TypeError('no options for the data source');
        return await openDataSource(options);
      },
    }),
    PostgresServerModule,
  ],
  providers: [...stores, StoreShutdown],
  exports: [Database, ReadConnections, ClaimStore, ...ON_THEIR_OWN, ...ON_THE_DATABASE],
})
export class StoreModule {}
