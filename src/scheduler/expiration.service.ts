import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import { Database, DeletionStore, ExpirationStore, type Tx } from '../store/index.js';
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
const MOST_WITH_SUB_EXECUTIONS = 2_000;

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
    private readonly deletions: DeletionStore,
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
    const { count, isCut } = await this.database.transaction((tx) => this.deleteBatch(tx));
    if (count > 0) this.logger.info({ count }, 'deleted expired executions');
    return isCut || count === this.batch ? PAUSE_BETWEEN_BATCHES_MS : undefined;
  }

  /** Those that are too old, then those that are too many. */
  private async deleteBatch(tx: Tx): Promise<Batch> {
    const { expirationOlderThanMinutes: minutes, expirationMaxFinished: keep } = this.policy;
    const before = this.clock.now() - (minutes ?? 0) * MINUTE_MS * 1000;
    const old =
      minutes === undefined
        ? NONE
        : await this.deleteAll(tx, await this.expiration.finishedBefore(tx, this.states, before, this.batch));
    const room = this.batch - old.count;
    if (keep === 0 || room === 0 || old.isCut) return old;
    const many = await this.deleteAll(tx, await this.expiration.beyondNewest(tx, this.states, keep, room));
    return { count: old.count + many.count, isCut: many.isCut };
  }

  private async deleteAll(tx: Tx, ids: readonly string[]): Promise<Batch> {
    let withSub = 0;
    for (const [index, id] of ids.entries()) {
      if (withSub >= MOST_WITH_SUB_EXECUTIONS) return { count: index, isCut: true };
      withSub += (await this.deletions.delete(tx, id)).count;
    }
    return { count: ids.length, isCut: false };
  }
}

/** Expired executions that were deleted, and whether others were left since it was enough for one transaction. */
interface Batch {
  readonly count: number;
  readonly isCut: boolean;
}

const NONE: Batch = { count: 0, isCut: false };
