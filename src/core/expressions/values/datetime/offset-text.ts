import { floorSplit, MICROS_PER_SECOND } from './civil.js';
import type { TimeSpan } from './time-span.js';

/** `+03:00`, `-0530` (with an empty separator), with seconds and microseconds only if there are any; nothing when naive. */
export function offsetText(offset: TimeSpan | null, separator: string): string {
  if (offset === null) return '';
  const size = offset.micros < 0n ? -offset.micros : offset.micros;
  const [seconds, micros] = floorSplit(size, MICROS_PER_SECOND);
  let text = `${offset.micros < 0n ? '-' : '+'}${two(Math.floor(seconds / 3_600))}${separator}${two(Math.floor(seconds / 60) % 60)}`;
  if (seconds % 60 !== 0 || micros !== 0) text += separator + two(seconds % 60);
  return micros === 0 ? text : `${text}.${String(micros).padStart(6, '0')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
