import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '../config/index.js';
import { type ActionOutcome, EngineService } from '../engine/index.js';
import { type ClaimedAction, ServiceUnavailableError } from '../store/index.js';

const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Tells the engine how actions ended, again and again while the database is away: a result can't be had a second time. */
@Injectable()
export class OutcomeReporter {
  constructor(
    @Inject(EngineService) private readonly engine: Pick<EngineService, 'report'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns whether the engine has decided on it; if not, it has to be given up */
  async report(claimed: ClaimedAction, outcome: ActionOutcome | 'pending', signal: AbortSignal): Promise<boolean> {
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        await this.engine.report(claimed.id, claimed.executionId, outcome);
        return true;
      } catch (error) {
        const isAway = error instanceof ServiceUnavailableError;
        this.logger.error({ err: error, actionId: claimed.id, attempt }, 'the result of an action could not be stored');
        if (!isAway && attempt >= MAX_ATTEMPTS) return false;
      }
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    return false;
  }
}
