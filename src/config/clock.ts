/** The time, handed to whoever needs it so that tests can choose it. */
export interface Clock {
  /** Whole microseconds since 1970. */
  now(): number;
}

const MAX_DRIFT_MS = 2;

/** The machine's time: follows corrections of the wall clock, and counts the microseconds between its milliseconds. */
export class SystemClock implements Clock {
  private originMs = Date.now() - performance.now();

  now(): number {
    const wallMs = Date.now();
    const preciseMs = this.originMs + performance.now();
    if (Math.abs(preciseMs - wallMs) <= MAX_DRIFT_MS) return Math.floor(preciseMs * 1000);
    this.originMs = wallMs - performance.now();
    return wallMs * 1000;
  }
}

/** A clock that follows another's: the machine's time with what is known to be wrong about it. */
export class CorrectedClock implements Clock {
  private aheadMicros = 0;

  constructor(private readonly own: Clock = new SystemClock()) {}

  now(): number {
    return this.own.now() + this.aheadMicros;
  }

  /** Puts it on by so many microseconds, or back. */
  advance(micros: number): void {
    this.aheadMicros += micros;
  }
}

/** A clock that a test sets and moves. */
export class FakeClock implements Clock {
  /** @param micros  microseconds since 1970; noon of 1 January 2026 by default */
  constructor(private micros = Date.UTC(2026, 0, 1, 12) * 1000) {}

  now(): number {
    return this.micros;
  }

  advance(milliseconds: number): void {
    this.micros += Math.round(milliseconds * 1000);
  }
}
