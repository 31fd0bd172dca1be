import { PyError } from '../../errors.js';
import { daysInMonth } from './civil.js';
import { DateTime } from './date-time.js';
import { LenientReader, type ReadMoment } from './lenient-reader.js';
import { TimeSpan } from './time-span.js';

/**
 * A moment from text in about any notation: `2020-01-31T10:20:30Z`, `31 Jan 2020`, `Jan 31, 2020 5pm`, `01/02/2020` (month
 * first), `20200131`. What the text lacks is taken from today at midnight; without an offset the result is naive.
 * @throws {PyError} ValueError
 */
export function parseDateTime(text: string, today: DateTime): DateTime {
  const read = new LenientReader(text).read();
  if (!read) throw new PyError('ValueError', `Unknown string format: ${text}`);
  if (Object.values(read).every((part) => part === undefined || part === false)) {
    throw new PyError('ValueError', `String does not contain a date: ${text}`);
  }
  try {
    return build(read, today);
  } catch (error) {
    if (error instanceof PyError) throw new PyError('ValueError', `${error.message}: ${text}`, { cause: error });
    throw error;
  }
}

function build(read: ReadMoment, today: DateTime): DateTime {
  const base = today.parts;
  const year = read.year === undefined ? base.year : fullYear(read.year, read.hasCentury, base.year);
  const month = read.month ?? base.month;
  const lastDay = month >= 1 && month <= 12 ? daysInMonth(year, month) : 31;
  const moment = DateTime.of(
    {
      year,
      month,
      day: read.day ?? Math.min(base.day, lastDay),
      hour: read.hour ?? 0,
      minute: read.minute ?? 0,
      second: read.second ?? 0,
      microsecond: read.microsecond ?? 0,
    },
    read.offsetSeconds === undefined ? null : TimeSpan.of({ seconds: read.offsetSeconds }),
  );
  if (read.weekday === undefined || read.day !== undefined) return moment;
  return moment.plus(TimeSpan.of({ days: (read.weekday - moment.weekday + 7) % 7 }));
}

/** Two digits mean the year nearest to the present, at most 50 years away. */
function fullYear(year: number, hasCentury: boolean, present: number): number {
  if (year >= 100 || hasCentury) return year;
  const near = year + Math.floor(present / 100) * 100;
  if (near >= present + 50) return near - 100;
  return near < present - 50 ? near + 100 : near;
}
