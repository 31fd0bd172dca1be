const MAX_STEPS = 4_000;
const MAX_MS = 50;
/** So many steps are taken whatever time they need, so that every transaction gets on. */
const FIRST_STEPS = 16;

/**
 * How much one transaction may do inside the loop: asked before each pure action, each inline sub-workflow, each start of
 * a task, and what follows each task. What is over it goes on in the next transaction, so that a pause or cancel, and
 * everybody else, gets a turn. Only the time in which decisions compute counts, not that of the database.
 */
export class Budget {
  private steps = 0;
  private usedMs = 0;
  private startedAtMs: number | undefined;

  /** @param nowMs  a clock that only goes forward */
  constructor(private readonly nowMs: () => number) {}

  /** Lets time count while a decision computes. */
  within<T>(decision: () => T): T {
    const startedAtMs = this.nowMs();
    this.startedAtMs = startedAtMs;
    try {
      return decision();
    } finally {
      this.usedMs += this.nowMs() - startedAtMs;
      this.startedAtMs = undefined;
    }
  }

  /** Takes a step; false when it is to be taken in the next transaction. */
  hasRoom(): boolean {
    this.steps += 1;
    return this.steps <= FIRST_STEPS || (this.steps <= MAX_STEPS && this.spentMs() <= MAX_MS);
  }

  private spentMs(): number {
    return this.startedAtMs === undefined ? this.usedMs : this.usedMs + this.nowMs() - this.startedAtMs;
  }
}
