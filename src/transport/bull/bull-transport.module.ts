import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Module } from '@nestjs/common';
import { BullTransport, QUEUE_NAMES } from './bull-transport.js';
import { queueOptions } from './queue-options.js';

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
