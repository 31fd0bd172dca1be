import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config, crashpoint, LOGGER, type Logger } from '../config/index.js';
import { MistralError } from '../core/shared/index.js';
import { CronPattern } from '../definitions/index.js';
import { DeferredStarts } from '../engine/index.js';
import { type CronTriggerRow, CronTriggerStore, Database, type Owned, type Tx, type Waiting } from '../store/index.js';
import { CALLED_EVERY_MS, type Duty } from './duty.js';
import { isAway } from './repeater.js';
import { triggeredStart } from './triggered-start.js';

const BATCH = 100;
/** When a trigger that is due could not be taken, or failed, it is looked at again after this time. */
const SOONEST_MS = 100;

/**
 * Fires cron triggers: a transaction takes a trigger, sets its next time and asks for the start of its workflow, so that
 * each tick starts it once. Ticks that nobody was there for become one.
 */
@Injectable()
export class CronService implements Duty {
  readonly name = 'cron';
  readonly everyMs = CALLED_EVERY_MS;

  constructor(
    private readonly database: Database,
    private readonly triggers: CronTriggerStore,
    private readonly starts: DeferredStarts,
    @Inject(CONFIG) private readonly config: Pick<Config, 'cronEnabled'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  neededIn({ cronAt }: Waiting): number | undefined {
    if (!this.config.cronEnabled || cronAt === null) return undefined;
    return Math.max(SOONEST_MS, (cronAt - this.clock.now()) / 1000);
  }

  async tick(): Promise<number | undefined> {
    if (!this.config.cronEnabled) return undefined;
    const due = await this.triggers.due(this.database, this.clock.now(), BATCH);
    // One after the other: of triggers with the same plan the one with fewer executions left counts down first.
    for (const id of due) await this.tryToFire(id);
    if (due.length === BATCH) return SOONEST_MS;
    const next = await this.triggers.nextAt(this.database);
    return next === undefined ? undefined : Math.max(SOONEST_MS, (next - this.clock.now()) / 1000);
  }

  /** A trigger that fails does not keep up the others; its time stays, so that it is tried again. */
  private async tryToFire(id: string): Promise<void> {
    try {
      await this.fire(id);
    } catch (error) {
      if (isAway(error)) throw error;
      this.logger.error({ err: error, cronTriggerId: id }, 'a cron trigger failed; it is tried again');
    }
  }

  private async fire(id: string): Promise<void> {
    await this.starts.within(async (tx, ask) => {
      const now = this.clock.now();
      const trigger = await this.triggers.take(tx, id, now);
      if (trigger === undefined) return;
      crashpoint('cron.taken');
      await this.moveOn(tx, trigger, now);
      try {
        await ask(triggeredStart('cron trigger', trigger), trigger.projectId, String(trigger.nextExecutionTime));
      } catch (error) {
        // The next time may be luckier: the workflow is there again, or takes this input again.
        if (!(error instanceof MistralError)) throw error;
        this.logger.warn({ cronTriggerId: id, reason: error.message }, 'a cron trigger could not start its workflow');
      }
    });
  }

  /** The last time ends a trigger. */
  private async moveOn(tx: Tx, trigger: Owned<CronTriggerRow>, now: number): Promise<void> {
    const { id, remainingExecutions, nextExecutionTime, pattern } = trigger;
    const remaining = remainingExecutions === null ? null : remainingExecutions - 1;
    const next = CronPattern.read(pattern)?.next(Math.max(now, nextExecutionTime));
    if (next === undefined || remaining === 0) await this.triggers.delete(tx, trigger);
    else await this.triggers.advance(tx, id, next, remaining);
  }
}
