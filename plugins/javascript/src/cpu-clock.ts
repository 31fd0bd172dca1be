import { LONGEST_STEP_MS } from './limits.js';

/** Counts the time that the thread really had a processor, as far as that can be seen. */
export class CpuClock {
  /** Whether a look has found the limit passed; the code may have gone on for a few steps. */
  wasOver = false;
  private used = 0;
  private lookedAt = performance.now();

  constructor(readonly limitMs: number) {}

  /** To be asked often. */
  isOver(): boolean {
    const now = performance.now();
    this.used += Math.min(now - this.lookedAt, LONGEST_STEP_MS);
    this.lookedAt = now;
    this.wasOver = this.used > this.limitMs;
    return this.wasOver;
  }
}
