/** Longest time for work in one round of the event loop, before others are let in, in milliseconds. */
const ROUND_MS = 10;

/**
 * Spreads work over the rounds of the event loop: many transactions may be ready for their decision at the same moment,
 * and who sends a request meanwhile shall wait for one of them at most. Work that is short costs nothing.
 */
export class Pace {
  private usedMs = 0;
  private isScheduled = false;
  private readonly waiting: (() => void)[] = [];

  /** @param nowMs  a clock that only goes forward */
  constructor(private readonly nowMs: () => number) {}

  /** Does work when a round has time for it, in the order of the calls. */
  async soon<T>(work: () => T): Promise<Awaited<T>> {
    if (this.usedMs >= ROUND_MS || this.waiting.length > 0) await this.turn();
    return await this.now(work);
  }

  private turn(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.schedule();
    });
  }

  /** Does work in the present round. */
  now<T>(work: () => T): T {
    const startedAtMs = this.nowMs();
    try {
      return work();
    } finally {
      this.usedMs += this.nowMs() - startedAtMs;
      this.schedule();
    }
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.usedMs = 0;
      this.waiting.shift()?.();
      if (this.waiting.length > 0) this.schedule();
    });
  }
}
