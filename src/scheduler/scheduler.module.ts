import { type DynamicModule, Module } from '@nestjs/common';
import { StoreModule } from '../store/index.js';
import { CronService } from './cron.service.js';
import { DeletionsService } from './deletions.service.js';
import type { Duty } from './duty.js';
import { EventsService } from './events.service.js';
import { ExpirationService } from './expiration.service.js';
import { LeasesService } from './leases.service.js';
import { NotificationsService } from './notifications.service.js';
import { PausingService } from './pausing.service.js';
import { RelayService } from './relay.service.js';
import { DUTIES, SchedulerService } from './scheduler.service.js';
import { SuspectsService } from './suspects.service.js';
import { SweepService } from './sweep.service.js';
import { TimersService } from './timers.service.js';
import { VersionsService } from './versions.service.js';

const SERVICES = [
  TimersService,
  RelayService,
  LeasesService,
  NotificationsService,
  CronService,
  PausingService,
  ExpirationService,
  DeletionsService,
  VersionsService,
  SweepService,
  SuspectsService,
] as const;

/**
 * Everything that happens by itself: due timers and triggers, messages left behind, lost executors, rows without a
 * wake-up.
 */
@Module({})
export class SchedulerModule {
  /** @param imports  the modules that export EngineService, News, ActionRunner and Maintenance */
  static with(imports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return {
      module: SchedulerModule,
      imports: [StoreModule, ...imports],
      providers: [
        ...SERVICES,
        { provide: DUTIES, useFactory: (...duties: readonly Duty[]) => duties, inject: [...SERVICES] },
        SchedulerService,
        EventsService,
      ],
      exports: [EventsService],
    };
  }
}
