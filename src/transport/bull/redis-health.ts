import type { Logger } from '../../config/index.js';

/** Whether Redis can be had, told once each time it changes. */
export class RedisHealth {
  private isLost = false;
  private isClosed = false;

  constructor(private readonly logger: Logger) {}

  get isAway(): boolean {
    return this.isLost;
  }

  lost(error: Error): void {
    if (this.isLost || this.isClosed) return;
    this.isLost = true;
    const reason = error.message === '' ? error.name : error.message;
    this.logger.warn({ reason }, 'Redis is away; other processes hear of new work by looking into the database');
  }

  found(): void {
    if (!this.isLost || this.isClosed) return;
    this.isLost = false;
    this.logger.info('Redis is back');
  }

  /** What follows is no news: connections end because we end them. */
  close(): void {
    this.isClosed = true;
  }
}
