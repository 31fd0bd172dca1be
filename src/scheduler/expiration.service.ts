import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import { Database, ExecutionStore, ExpirationStore, type Tx } from '../store/index.js';
import type { Duty } from './duty.js';

type Policy = Pick<
  Config,
  | 'expirationIntervalMinutes'
  | 'expirationOlderThanMinutes'
  | 'expirationMaxFinished'
  | 'expirationBatchSize'
  | 'expirationIgnoredStates'
>;

const FINAL = ['SUCCESS', 'ERROR', 'CANCELLED'] as const;
const MINUTE_MS = 60_000;
/** The longest time that a timer of Node takes, some 24 days. */
const LONGEST_TIMER_MS = 2_147_483_647;
const DEFAULT_BATCH = 500;
const PAUSE_BETWEEN_BATCHES_MS = 10;

/** Deletes executions that ended long ago, or that more than enough others have followed, with everything below them. */
@Injectable()
export class ExpirationService implements Duty {
  readonly name = 'expiration';
  readonly everyMs: number;
  private readonly states: readonly string[];
  private readonly batch: number;

  constructor(
    private readonly database: Database,
    private readonly expiration: ExpirationStore,
    private readonly executions: ExecutionStore,
    @Inject(CONFIG) private readonly policy: Policy,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.everyMs = Math.min((policy.expirationIntervalMinutes ?? Infinity) * MINUTE_MS, LONGEST_TIMER_MS);
    this.states = FINAL.filter((state) => !policy.expirationIgnoredStates.includes(state));
    this.batch = policy.expirationBatchSize || DEFAULT_BATCH;
  }

  /** One batch; as long as there are more, the next one comes soon. */
  async tick(): Promise<number | undefined> {
    if (this.policy.expirationIntervalMinutes === undefined) return undefined;
    const count = await this.database.transaction((tx) => this.deleteBatch(tx));
    if (count > 0) this.logger.info({ count }, 'deleted expired executions');
    return count === this.batch ? PAUSE_BETWEEN_BATCHES_MS : undefined;
  }

  /** Those that are too old, then those that are too many. */
  private async deleteBatch(tx: Tx): Promise<number> {
    const { expirationOlderThanMinutes: minutes, expirationMaxFinished: keep } = this.policy;
    let room = this.batch;
    if (minutes !== undefined) {
      const before = this.clock.now() - minutes * MINUTE_MS * 1000;
      room -= await this.deleteAll(tx, await this.expiration.finishedBefore(tx, this.states, before, room));
    }
    if (keep > 0 && room > 0) {
      room -= await this.deleteAll(tx, await this.expiration.beyondNewest(tx, this.states, keep, room));
    }
    return this.batch - room;
  }

  private async deleteAll(tx: Tx, ids: readonly string[]): Promise<number> {
    for (const id of ids) await this.executions.delete(tx, id);
    return ids.length;
  }
}
