import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, crashpoint, LOGGER, type Logger } from '../config/index.js';
import { EngineService, News } from '../engine/index.js';
import { TimerStore, type Waiting } from '../store/index.js';
import { CALLED_EVERY_MS, type Duty } from './duty.js';
import { Errands } from './errands.js';

const BATCH = 500;
const MAX_UNDER_WAY = 1_000;
/** A timer whose node died after taking it comes again after this time. */
const HOLD_SECONDS = 2;

/**
 * Tells executions of the timers that are due: waits, retries, timeouts. It wakes when the next one is due; the lookout
 * finds those that other nodes have set.
 */
@Injectable()
export class TimersService implements Duty {
  readonly name = 'timers';
  readonly everyMs = CALLED_EVERY_MS;
  private readonly errands: Errands;

  constructor(
    private readonly timers: TimerStore,
    private readonly engine: EngineService,
    private readonly news: News,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.errands = new Errands(MAX_UNDER_WAY, logger);
  }

  begin(wakeIn: (ms: number) => void): void {
    this.news.subscribe(({ timerAt }) => {
      if (timerAt !== undefined) wakeIn(this.msUntil(timerAt));
    });
  }

  neededIn({ timerAt }: Waiting): number | undefined {
    return timerAt === null ? undefined : this.msUntil(timerAt);
  }

  async tick(): Promise<number | undefined> {
    const limit = Math.min(BATCH, await this.errands.room());
    const due = await this.timers.dueTimers(limit, this.clock.now(), HOLD_SECONDS);
    if (due.length > 0) crashpoint('timers.taken');
    for (const { timerId, executionId } of due) {
      const tell = () =>
        executionId === null
          ? this.engine.wakeAction(timerId)
          : this.engine.tell(executionId, { kind: 'timer', timerId });
      this.errands.send(tell, { executionId, timerId });
    }
    if (due.length === limit) return 0;
    const next = await this.timers.nextTimerAt();
    return next === undefined ? undefined : this.msUntil(next);
  }

  async end(): Promise<void> {
    await this.errands.settled();
  }

  private msUntil(instant: number): number {
    return (instant - this.clock.now()) / 1000;
  }
}
