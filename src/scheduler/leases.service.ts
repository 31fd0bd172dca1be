import { Inject, Injectable } from '@nestjs/common';
import { crashpoint, LOGGER, type Logger } from '../config/index.js';
import { EngineService } from '../engine/index.js';
import { ClaimStore } from '../store/index.js';
import type { Duty } from './duty.js';
import { Errands } from './errands.js';

const BATCH = 200;
const MAX_UNDER_WAY = 400;

/** Reports actions whose executor has not been heard of for the length of a lease; the loop decides what follows. */
@Injectable()
export class LeasesService implements Duty {
  readonly name = 'leases';
  readonly everyMs = 500;
  private readonly errands: Errands;

  constructor(
    private readonly claims: ClaimStore,
    private readonly engine: EngineService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.errands = new Errands(MAX_UNDER_WAY, logger);
  }

  async tick(): Promise<number | undefined> {
    const limit = Math.min(BATCH, await this.errands.room());
    const lost = await this.claims.expiredLeases(limit);
    if (lost.length > 0) crashpoint('leases.taken');
    for (const { actionId, executionId, claimedBy } of lost) {
      this.logger.warn({ actionId, executionId, claimedBy }, 'the executor of an action was not heard of any more');
      this.errands.send(() => this.engine.report(actionId, executionId, 'lost'), { actionId, executionId });
    }
    return lost.length === limit ? 0 : undefined;
  }

  async end(): Promise<void> {
    await this.errands.settled();
  }
}
