import { NeedsData } from './needs-data.js';

/** The allowance ended in the middle of an evaluation. */
export class Overdrawn extends NeedsData {
  constructor() {
    super('more time');
  }
}

/** Most that may be spent at one stroke: what costs more is work that nothing could interrupt. */
const LARGEST_STROKE = 50_000;
/** So many steps pass between two looks at the clock. */
const STEPS_BETWEEN_LOOKS = 256;
/** Few steps may be slow only because the machine is busy; they have this many times the time. */
const PATIENCE = 3;
const FEW_STEPS = 2_000;

/**
 * Time for all evaluations of one decision together. It is looked at while an evaluation spends steps, so that none goes
 * on for long after it is over.
 */
export class Allowance {
  private usedMs = 0;
  private steps = 0;
  private sinceLook = 0;
  private startedAtMs = 0;

  /** @param nowMs  a clock that only goes forward */
  constructor(
    private readonly nowMs: () => number,
    private readonly limitMs: number,
  ) {}

  get isUsedUp(): boolean {
    return this.isOver(this.usedMs);
  }

  /** Does an evaluation within the allowance. @throws Overdrawn */
  within<T>(evaluation: () => T): T {
    if (this.isUsedUp) throw new Overdrawn();
    this.startedAtMs = this.nowMs();
    try {
      return evaluation();
    } finally {
      this.usedMs += this.nowMs() - this.startedAtMs;
    }
  }

  /** To be called before so many steps are taken, or so much output is made. @throws Overdrawn */
  spend(steps: number): void {
    if (steps > LARGEST_STROKE) throw new Overdrawn();
    this.steps += steps;
    this.sinceLook += steps;
    if (this.sinceLook < STEPS_BETWEEN_LOOKS) return;
    this.sinceLook = 0;
    if (this.isOver(this.usedMs + this.nowMs() - this.startedAtMs)) throw new Overdrawn();
  }

  private isOver(ms: number): boolean {
    return ms > (this.steps < FEW_STEPS ? this.limitMs * PATIENCE : this.limitMs);
  }
}
