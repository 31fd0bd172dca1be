import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import { WaitingStore } from '../store/index.js';
import type { Duty } from './duty.js';
import { Repeater } from './repeater.js';

/** Injection token of the list of duties. */
export const DUTIES = Symbol('DUTIES');

const LOOK_EVERY_MS = 500;

/** Does all duties from the start of the application to its end, in processes with the role `scheduler`. One look
 * for all of them finds what other processes left to be done. */
@Injectable()
export class SchedulerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private repeaters: readonly Repeater[] = [];
  private lookout: Repeater | undefined;

  constructor(
    @Inject(DUTIES) private readonly duties: readonly Duty[],
    @Inject(CONFIG) private readonly config: Pick<Config, 'roles'>,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly waiting: WaitingStore,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('scheduler')) return;
    this.repeaters = this.duties.map((duty) => new Repeater(duty, this.logger));
    for (const repeater of this.repeaters) repeater.start();
    this.lookout = new Repeater(this.lookoutDuty(), this.logger);
    this.lookout.start();
  }

  /** Before, not at, the shutdown of the others: ticks that are under way still need the engine and the database. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.lookout?.stop();
    await Promise.all(this.repeaters.map((repeater) => repeater.stop()));
  }

  private lookoutDuty(): Duty {
    return {
      name: 'lookout',
      everyMs: LOOK_EVERY_MS,
      tick: async () => {
        const waiting = await this.waiting.look();
        for (const repeater of this.repeaters) repeater.callFor(waiting);
        return undefined;
      },
    };
  }
}
