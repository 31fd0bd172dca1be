import type { Clock } from '../config/index.js';

const MAX_STEPS = 12_000;
const MAX_MICROS = 250_000;

/**
 * How much one transaction may do inside the loop: asked before each pure action, each inline sub-workflow, and what
 * follows each task. What is over it goes on in the next transaction, so that a pause or cancel gets its turn.
 */
export class Budget {
  private steps = 0;
  private readonly startedAt: number;

  constructor(private readonly clock: Clock) {
    this.startedAt = clock.now();
  }

  hasRoom(): boolean {
    this.steps += 1;
    if (this.steps > MAX_STEPS) return false;
    return this.steps % 32 !== 0 || this.clock.now() - this.startedAt < MAX_MICROS;
  }
}
