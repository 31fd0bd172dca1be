import type { Instant } from './rows.js';

/** `2026-03-01 10:00:00`, UTC, as clients parse it; null stays null. */
export function formatInstant(at: Instant | null): string | null {
  return at === null ? null : new Date(Math.floor(at / 1000)).toISOString().slice(0, 19).replace('T', ' ');
}

/** Seconds to the microseconds of an {@link Instant}. */
export function secondsToMicros(seconds: number): number {
  return Math.round(seconds * 1_000_000);
}
