import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config/index.js';
import { InProcessTransport } from './in-process-transport.js';
import { JobTransport } from './job-transport.js';

/** How processes tell each other of work: through Redis when it is configured, otherwise not at all. */
@Module({})
export class TransportModule {
  /** Everybody may use it without importing it. Bull is loaded only where it is needed. */
  static async for({ redisUrl }: Pick<Config, 'redisUrl'>): Promise<DynamicModule> {
    const own = { module: TransportModule, global: true, exports: [JobTransport] };
    if (redisUrl === undefined)
      return { ...own, providers: [{ provide: JobTransport, useValue: new InProcessTransport() }] };
    const { BullTransport, BullTransportModule } = await import('./bull/index.js');
    return {
      ...own,
      imports: [BullTransportModule.at(redisUrl)],
      providers: [{ provide: JobTransport, useExisting: BullTransport }],
    };
  }
}
