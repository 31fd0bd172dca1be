import { processorMs } from './processor-time.js';

/** A busy machine may stretch a job to so many times its limit before it is ended. */
const MOST_STRETCH = 10;
const SHORTEST_LOOK_MS = 20;

/**
 * Calls when a thread has computed for so long. Where the system tells, its processor time counts, so that others on the
 * machine don't make a job too long.
 */
export class Stopwatch {
  private timer: NodeJS.Timeout | undefined;
  private thread: number | undefined;
  private startedAtMs = 0;
  private processorAtStartMs: number | undefined;

  constructor(
    private readonly limitMs: number,
    private readonly onOver: () => void,
  ) {}

  /** Begins anew. @param moreMs  beside the limit, for this time */
  start(thread?: number, moreMs = 0): void {
    this.thread = thread;
    this.startedAtMs = performance.now();
    this.processorAtStartMs = processorMs(thread);
    this.lookIn(this.limitMs + moreMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private lookIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), ms);
  }

  private look(): void {
    const now = processorMs(this.thread);
    const isStretched = performance.now() - this.startedAtMs >= this.limitMs * MOST_STRETCH;
    if (now === undefined || this.processorAtStartMs === undefined || isStretched) return this.onOver();
    const leftMs = this.limitMs - (now - this.processorAtStartMs);
    if (leftMs <= 0) this.onOver();
    else this.lookIn(Math.max(leftMs, SHORTEST_LOOK_MS));
  }
}
