import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config, crashpoint, LOGGER, type Logger } from '../config/index.js';
import { EngineService } from '../engine/index.js';
import { ClaimStore, type LostAction } from '../store/index.js';
import type { Duty } from './duty.js';
import { Errands } from './errands.js';

const BATCH = 200;
const MAX_UNDER_WAY = 400;
/** A look that takes or comes so much longer than it should means that nobody could extend leases. */
const AWAY_AFTER_MS = 2_000;

/**
 * Reports actions whose executor has not been heard of for the length of a lease; the loop decides what follows. When the
 * database was away, or this process stood still, executors first get the time to be heard of again.
 */
@Injectable()
export class LeasesService implements Duty {
  readonly name = 'leases';
  readonly everyMs = 500;
  private readonly errands: Errands;
  private readonly graceMs: number;
  private lookedAtMs: number | undefined;
  private graceUntilMs = 0;

  constructor(
    private readonly claims: ClaimStore,
    private readonly engine: EngineService,
    @Inject(CONFIG) { leaseSeconds }: Pick<Config, 'leaseSeconds'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.errands = new Errands(MAX_UNDER_WAY, logger);
    // Executors extend their leases three times within the length of one.
    this.graceMs = (leaseSeconds * 1000) / 3 + AWAY_AFTER_MS;
  }

  async tick(): Promise<number | undefined> {
    const limit = Math.min(BATCH, await this.errands.room());
    const lost = await this.look(limit);
    // They are marked: those that are not heard of come again.
    if (this.nowMs() < this.graceUntilMs) return undefined;
    if (lost.length > 0) crashpoint('leases.taken');
    for (const action of lost) this.report(action);
    return lost.length === limit ? 0 : undefined;
  }

  async end(): Promise<void> {
    await this.errands.settled();
  }

  private async look(limit: number): Promise<readonly LostAction[]> {
    const lookedBeforeMs = this.lookedAtMs ?? this.nowMs();
    try {
      return await this.claims.expiredLeases(limit, this.graceMs / 1000);
    } finally {
      this.lookedAtMs = this.nowMs();
      const isLate = this.lookedAtMs - lookedBeforeMs > AWAY_AFTER_MS;
      if (isLate) this.graceUntilMs = this.lookedAtMs + this.graceMs;
    }
  }

  private report({ actionId, executionId, claimedBy }: LostAction): void {
    this.logger.warn({ actionId, executionId, claimedBy }, 'the executor of an action was not heard of any more');
    this.errands.send(() => this.engine.report(actionId, executionId, 'lost'), { actionId, executionId });
  }

  private nowMs(): number {
    return this.clock.now() / 1000;
  }
}
