import type { MemoryEngine } from './memory-engine.js';
import type { Instant } from './rows.js';

export interface Happening {
  readonly at: Instant;
  readonly happen: () => void;
}

/** What is still to happen in a rehearsal: planned results and events, and the timers of the engine. */
export class Agenda {
  private readonly planned: Happening[] = [];

  constructor(private readonly engine: MemoryEngine) {}

  /** @param seconds  from `from`, by default from now on the engine's clock */
  plan(seconds: number, happen: () => void, from: Instant = this.engine.time): void {
    this.planned.push({ at: from + Math.round(seconds * 1_000_000), happen });
  }

  /** Takes the earliest; of equal ones the first planned, and timers last. */
  next(): Happening | undefined {
    const planned = earliest(this.planned);
    const timer = earliest(this.timers());
    if (planned === undefined || (timer !== undefined && timer.at < planned.at)) return timer;
    this.planned.splice(this.planned.indexOf(planned), 1);
    return planned;
  }

  private timers(): readonly Happening[] {
    const timers = [...this.engine.flows.values()].flatMap((flow) => [...flow.timers.values()]);
    return timers.map(({ id, executionId, dueAt }) => ({
      at: dueAt,
      happen: () => void this.engine.tell(executionId ?? '', { kind: 'timer', timerId: id }),
    }));
  }
}

function earliest(happenings: readonly Happening[]): Happening | undefined {
  return happenings.reduce<Happening | undefined>((a, b) => (a === undefined || b.at < a.at ? b : a), undefined);
}
