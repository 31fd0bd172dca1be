import type { CorrectedClock, Logger } from '../config/index.js';
import type { Database } from './database.js';
import type { Statement } from './tx.js';

const AGAIN_MS = 5_000;
/** Differences that are smaller are left alone: answers take some time, and the clock shall not jump to and fro. */
const TOLERATED_MICROS = 20_000;
const NOTEWORTHY_MICROS = 1_000_000;

const NOW: Statement = {
  name: 'clock:now',
  text: 'SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::float8 AS now',
};

/**
 * Keeps the clock of this process with the one of the database, so that all processes agree what is due, whatever the
 * clocks of their machines say.
 */
export class DatabaseClock {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: CorrectedClock,
    private readonly logger: Logger,
  ) {}

  /** Resolves when the clock is right for the first time. */
  async start(): Promise<void> {
    await this.compare();
    this.timer = setInterval(() => void this.tryToCompare(), AGAIN_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Reads the database's clock, and corrects this one where they differ by more than the answer took. */
  async compare(): Promise<void> {
    const askedAt = this.clock.now();
    const [row] = await this.database.rows<{ readonly now: number }>(NOW);
    const tookMicros = this.clock.now() - askedAt;
    const aheadMicros = Math.round((row?.now ?? askedAt) - (askedAt + tookMicros / 2));
    if (Math.abs(aheadMicros) <= Math.max(TOLERATED_MICROS, tookMicros)) return;
    this.clock.advance(aheadMicros);
    const fields = { differenceMs: Math.round(aheadMicros / 1000) };
    if (Math.abs(aheadMicros) > NOTEWORTHY_MICROS)
      this.logger.warn(fields, 'the clock of this machine differs from the one of the database, which is followed');
  }

  private async tryToCompare(): Promise<void> {
    try {
      await this.compare();
    } catch (error) {
      this.logger.debug({ err: error }, 'the clock of the database could not be read; tried again');
    }
  }
}
