import type { Waiting } from '../store/index.js';

/** The longest pause between two ticks of duties that are called when there is something to do, in milliseconds. */
export const CALLED_EVERY_MS = 10_000;

/** A job of the scheduler that is done again and again; its ticks never overlap. */
export interface Duty {
  /** For the log, e.g. `timers`. */
  readonly name: string;
  /** The longest pause between two ticks, in milliseconds. */
  readonly everyMs: number;
  /** Called once before the first tick. `wakeIn` asks for a tick after so many milliseconds, if none comes sooner. */
  readonly begin?: (wakeIn: (ms: number) => void) => void;
  /** @returns milliseconds until a tick is needed for what waits; undefined when none is, before its time */
  readonly neededIn?: (waiting: Waiting) => number | undefined;
  /** @returns milliseconds until the next tick, where that is sooner than `everyMs` */
  readonly tick: () => Promise<number | undefined>;
  /** Called after the last tick; resolves when nothing is under way any more. */
  readonly end?: () => Promise<void>;
}
