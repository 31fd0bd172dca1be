import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Module } from '@nestjs/common';
import type { QueueOptions } from 'bull';
import { BullTransport, QUEUE_NAMES } from './bull-transport.js';
import { redisOptions } from './redis-options.js';

/** The queues. @nestjs/bull closes them at the shutdown of the application. */
@Module({})
export class BullTransportModule {
  static at(redisUrl: string): DynamicModule {
    const queues = Object.values(QUEUE_NAMES).map((name) => ({ name, ...queueOptions(redisUrl) }));
    return {
      module: BullTransportModule,
      imports: [BullModule.registerQueue(...queues)],
      providers: [BullTransport],
      exports: [BullTransport],
    };
  }
}

/** A job that stalls, because its process died, is dropped: its ids have been found in the database by then. */
function queueOptions(redisUrl: string): QueueOptions {
  return {
    redis: redisOptions(redisUrl),
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    settings: {
      lockDuration: 10_000,
      stalledInterval: 5_000,
      maxStalledCount: 0,
      guardInterval: 60_000,
      retryProcessDelay: 500,
    },
  };
}
