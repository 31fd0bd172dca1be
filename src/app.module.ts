import { type DynamicModule, Module, type OnModuleDestroy } from '@nestjs/common';
import { ACTION_PORTS, ActionsModule, ExecutorModule } from './actions/index.js';
import { ApiModule } from './api/index.js';
import { CLOCK, CONFIG, type Config, CorrectedClock, LOGGER, type Logger } from './config/index.js';
import { DefinitionsModule } from './definitions/index.js';
import { EngineModule } from './engine/index.js';
import { MaintenanceModule, SchedulerModule } from './scheduler/index.js';
import { Database, DatabaseClock, ReadConnections, StoreModule } from './store/index.js';
import { PgReadPool, Reads } from './store/queries/index.js';
import { TransportModule } from './transport/index.js';

/** Settings, clock and log, for everyone. */
@Module({})
class KernelModule {
  static with(config: Config, logger: Logger): DynamicModule {
    return {
      module: KernelModule,
      global: true,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: CLOCK, useValue: new CorrectedClock() },
      ],
      exports: [CONFIG, LOGGER, CLOCK],
    };
  }
}

/** Sets the clock by the database before anybody else begins. */
@Module({
  imports: [StoreModule],
  providers: [
    {
      provide: DatabaseClock,
      inject: [Database, CLOCK, LOGGER],
      useFactory: async (database: Database, clock: CorrectedClock, logger: Logger) => {
        const keeper = new DatabaseClock(database, clock, logger);
        await keeper.start();
        return keeper;
      },
    },
  ],
})
class ClockModule implements OnModuleDestroy {
  constructor(private readonly keeper: DatabaseClock) {}

  onModuleDestroy(): void {
    this.keeper.stop();
  }
}

/** Reads of the API, past the stores. */
@Module({
  imports: [StoreModule],
  providers: [
    {
      provide: Reads,
      inject: [Database, ReadConnections, CONFIG],
      useFactory: (database: Database, connections: ReadConnections, { maxLimit, maxPageKb }: Config) =>
        new Reads(new PgReadPool(database, connections), { maxLimit, maxPageBytes: maxPageKb * 1024 }),
    },
  ],
  exports: [Reads],
})
class ReadsModule {}

/** The composition root: the only place that knows everyone. */
@Module({})
export class AppModule {
  static with(config: Config, logger: Logger): DynamicModule {
    const engine = EngineModule.withPorts([ActionsModule], ACTION_PORTS);
    const isWanted = (role: Config['roles'][number]): boolean => config.roles.includes(role);
    const executor = isWanted('executor') ? [ExecutorModule.withEngine(engine)] : [];
    const maintenance = MaintenanceModule.with([engine]);
    const below = [ReadsModule, DefinitionsModule, ActionsModule, engine, maintenance];
    const api = isWanted('api') ? [ApiModule.over(below)] : [];
    const scheduler = isWanted('scheduler') ? [SchedulerModule.with([engine, maintenance])] : [];
    return {
      module: AppModule,
      imports: [
        KernelModule.with(config, logger),
        ClockModule,
        TransportModule.for(config),
        engine,
        ...executor,
        ...scheduler,
        ...api,
      ],
    };
  }
}
