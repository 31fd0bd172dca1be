/** Milliseconds from a date of the API (`2026-01-31 12:00:00`, UTC) to now; 0 if the clocks differ the other way. */
export function millisecondsSince(date: string, now = Date.now()): number {
  return Math.max(0, now - instantOf(date));
}

/**
 * Time from one date of the API to another as people say it: `3 s`, `2 min 5 s`, `1 h 12 min`, `4 d 3 h`; nothing
 * without both.
 */
export function durationText(from: string | null | undefined, to: string | null | undefined): string {
  if (from == null || to == null) return '';
  const seconds = Math.max(0, Math.round((instantOf(to) - instantOf(from)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function instantOf(date: string): number {
  return Date.parse(`${date.replace(' ', 'T')}Z`);
}
