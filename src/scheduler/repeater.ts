import type { Logger } from '../config/index.js';
import { MistralError } from '../core/shared/index.js';
import type { Waiting } from '../store/index.js';
import type { Duty } from './duty.js';

const SHORTEST_PAUSE_MS = 5;
/** Of a duty that is called: its ticks may be far apart otherwise. */
const SHORTEST_PAUSE_AFTER_FAILURE_MS = 500;
const LONGEST_PAUSE_AFTER_FAILURE_MS = 5_000;

/**
 * Does a duty at its times until it is stopped. A tick that fails is logged, and the next ones come after growing pauses;
 * while the database is away only the first failure is worth a warning.
 */
export class Repeater {
  private timer: NodeJS.Timeout | undefined;
  private dueAtMs = Infinity;
  private running: Promise<void> | undefined;
  private isStopped = false;
  private failures = 0;

  constructor(
    private readonly duty: Duty,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.duty.begin?.((ms) => this.wakeIn(ms));
    this.wakeIn(0);
  }

  /** The earliest of all wishes counts. */
  wakeIn(ms: number): void {
    const dueAtMs = performance.now() + Math.max(0, ms);
    if (this.isStopped || dueAtMs >= this.dueAtMs) return;
    this.dueAtMs = dueAtMs;
    if (this.running === undefined) this.arm();
  }

  /** As `wakeIn` when there is something to do for it, unless it waits after a failure. */
  callFor(waiting: Waiting): void {
    const ms = this.failures > 0 ? undefined : this.duty.neededIn?.(waiting);
    if (ms !== undefined) this.wakeIn(ms);
  }

  /** Resolves when the tick that is under way has ended, and all it has begun; no other follows. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
    await this.duty.end?.();
  }

  private arm(): void {
    clearTimeout(this.timer);
    const delayMs = Math.max(0, Math.ceil(this.dueAtMs - performance.now()));
    this.timer = setTimeout(() => {
      this.running = this.run();
    }, delayMs);
  }

  private async run(): Promise<void> {
    this.dueAtMs = Infinity;
    const pauseMs = await this.attempt();
    this.running = undefined;
    if (this.isStopped) return;
    this.wakeIn(Math.max(SHORTEST_PAUSE_MS, pauseMs));
    this.arm();
  }

  /** @returns the pause until the next tick */
  private async attempt(): Promise<number> {
    const { name, everyMs, neededIn } = this.duty;
    try {
      const soonMs = await this.duty.tick();
      if (this.failures > 0) this.logger.info({ duty: name, failures: this.failures }, 'works again');
      this.failures = 0;
      return Math.min(soonMs ?? everyMs, everyMs);
    } catch (error) {
      this.failures += 1;
      this.report(error);
      const shortestMs = neededIn === undefined ? everyMs : SHORTEST_PAUSE_AFTER_FAILURE_MS;
      return Math.max(shortestMs, Math.min(2 ** this.failures * 50, LONGEST_PAUSE_AFTER_FAILURE_MS));
    }
  }

  private report(error: unknown): void {
    const { name } = this.duty;
    if (!isAway(error)) this.logger.error({ err: error, duty: name }, 'a tick failed; the next one tries again');
    else if (this.failures === 1) this.logger.warn({ duty: name }, 'waits for the database');
  }
}

/** The database has been tried for some time already. */
export function isAway(error: unknown): boolean {
  return error instanceof MistralError && error.status === 503;
}
