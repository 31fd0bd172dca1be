import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { InputError } from '../core/shared/index.js';
import { Engine, type StartedExecution } from '../engine/index.js';
import { HttpProblem, type Parameters } from './http/index.js';

const MAX_SECONDS = 300;

/**
 * Seconds that a request is willing to wait, undefined for none.
 * @throws {InputError} unless `wait` is from 0 to 300
 */
export function waitSecondsOf(parameters: Parameters): number | undefined {
  if (parameters.text('wait') === undefined) return undefined;
  const seconds = parameters.integer('wait', 0);
  if (seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
  throw new InputError(`The time to wait must be from 0 to ${MAX_SECONDS} seconds: wait=${seconds}`);
}

/** Requests that wait for the end of what they start; so many at a time, and each no longer than its client. */
@Injectable()
export class WaitingRequests {
  #count = 0;

  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CONFIG) private readonly config: Pick<Config, 'maxWaitingRequests'>,
  ) {}

  /**
   * Starts an execution and resolves when it has ended, after so many seconds, or when the client is gone.
   * @throws {HttpProblem} 503 when as many requests wait as may; nothing is started then
   */
  async startAndWait(
    start: () => Promise<StartedExecution>,
    seconds: number,
    gone: AbortSignal,
  ): Promise<StartedExecution> {
    this.checkRoom();
    this.#count += 1;
    try {
      const started = await start();
      if (seconds > 0) await this.engine.waitForEnd(started.id, seconds * 1000, gone);
      return started;
    } finally {
      this.#count -= 1;
    }
  }

  private checkRoom(): void {
    const { maxWaitingRequests } = this.config;
    if (this.#count < maxWaitingRequests) return;
    const problem = `${maxWaitingRequests} requests wait already: nothing was started; try again, or without wait.`;
    throw new HttpProblem(503, problem, { 'retry-after': '5' });
  }
}
