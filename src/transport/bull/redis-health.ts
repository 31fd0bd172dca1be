import type { Logger } from '../../config/index.js';

const LOOK_EVERY_MS = 500;

/** Whether Redis can be had, told once each time it changes. */
export class RedisHealth {
  private isLost = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;

  /** @param ping  resolves when Redis has answered: one that hangs accepts connections, too */
  constructor(
    private readonly ping: () => Promise<unknown>,
    private readonly logger: Logger,
  ) {}

  get isAway(): boolean {
    return this.isLost;
  }

  lost(error: Error): void {
    if (this.isLost || this.isClosed) return;
    this.isLost = true;
    const reason = error.message === '' ? error.name : error.message;
    this.logger.warn({ reason }, 'Redis is away; other processes hear of new work by looking into the database');
    this.lookSoon();
  }

  /** What follows is no news: the connections end because we end them. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private lookSoon(): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => {
      this.ping().then(
        () => this.found(),
        () => this.lookSoon(),
      );
    }, LOOK_EVERY_MS);
  }

  private found(): void {
    if (this.isClosed) return;
    this.isLost = false;
    this.logger.info('Redis is back');
  }
}
