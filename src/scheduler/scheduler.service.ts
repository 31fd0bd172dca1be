import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import type { Duty } from './duty.js';
import { Repeater } from './repeater.js';

/** Injection token of the list of duties. */
export const DUTIES = Symbol('DUTIES');

/** Does all duties from the start of the application to its end, in processes with the role `scheduler`. */
@Injectable()
export class SchedulerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private repeaters: readonly Repeater[] = [];

  constructor(
    @Inject(DUTIES) private readonly duties: readonly Duty[],
    @Inject(CONFIG) private readonly config: Pick<Config, 'roles'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('scheduler')) return;
    this.repeaters = this.duties.map((duty) => new Repeater(duty, this.logger));
    for (const repeater of this.repeaters) repeater.start();
  }

  /** Before, not at, the shutdown of the others: ticks that are under way still need the engine and the database. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.repeaters.map((repeater) => repeater.stop()));
  }
}
