import { PyError } from '../../errors.js';
import type { Budget } from '../budget.js';
import { parseInt } from '../number-text.js';
import { reprText } from '../py-repr.js';
import { escapeRegex, IGNORECASE, PyRegex, type RegexMatch } from '../regex/index.js';
import { textSlice } from '../text/index.js';
import { DateTime } from './date-time.js';
import { daysFromCivil, weekdayOf } from './civil.js';
import { isoYearStart } from './iso-week.js';
import { indexByName, MONTHS, WEEKDAYS } from './names.js';
import { TimeSpan } from './time-span.js';

const SHORT_WEEKDAYS = WEEKDAYS.map((name) => name.slice(0, 3));
const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3));
const MONTH_INDEX = indexByName(MONTHS.map((name) => [name, name.slice(0, 3)]));
const WEEKDAY_INDEX = indexByName(WEEKDAYS.map((name) => [name, name.slice(0, 3)]));

const PATTERNS: ReadonlyMap<string, string> = new Map([
  ['d', '3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]'],
  ['f', '[0-9]{1,6}'],
  ['H', '2[0-3]|[0-1]\\d|\\d'],
  ['I', '1[0-2]|0[1-9]|[1-9]'],
  ['G', '\\d\\d\\d\\d'],
  ['j', '36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]'],
  ['m', '1[0-2]|0[1-9]|[1-9]'],
  ['M', '[0-5]\\d|\\d'],
  ['S', '6[0-1]|[0-5]\\d|\\d'],
  ['U', '5[0-3]|[0-4]\\d|\\d'],
  ['W', '5[0-3]|[0-4]\\d|\\d'],
  ['w', '[0-6]'],
  ['u', '[1-7]'],
  ['V', '5[0-3]|0[1-9]|[1-4]\\d|\\d'],
  ['y', '\\d\\d'],
  ['Y', '\\d\\d\\d\\d'],
  ['z', '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|(?-i:Z)'],
  ['A', WEEKDAYS.join('|')],
  ['a', SHORT_WEEKDAYS.join('|')],
  ['B', MONTHS.join('|')],
  ['b', SHORT_MONTHS.join('|')],
  ['p', 'am|pm'],
  ['Z', 'utc|gmt'],
]);
const COMPOSITES: ReadonlyMap<string, string> = new Map([
  ['c', '%a %b %d %H:%M:%S %Y'],
  ['x', '%m/%d/%y'],
  ['X', '%H:%M:%S'],
]);

/**
 * Python's `strptime`; without `%z` the result is naive, and parts that the format lacks are those of 1900-01-01 00:00.
 * @throws {PyError} ValueError
 */
export function strptime(text: string, format: string, budget: Budget): DateTime {
  const regex = new PyRegex(patternOf(format), IGNORECASE);
  const match = regex.match(text, budget);
  if (!match) throw fail(`time data ${reprText(text)} does not match format ${reprText(format)}`);
  const rest = textSlice(text, match.end(), Array.from(text).length);
  if (rest !== '') throw fail(`unconverted data remains: ${rest}`);
  return momentOf(new Fields(match));
}

function patternOf(format: string): string {
  let pattern = '';
  const pieces = format.replace(/%([cxX])/g, (_directive, letter: string) => COMPOSITES.get(letter) ?? '');
  for (const [piece, letter] of pieces.matchAll(/%([^])?|\s+|[^%\s]+/gu)) {
    if (!piece.startsWith('%')) {
      pattern += /^\s/.test(piece) ? '\\s+' : escapeRegex(piece);
      continue;
    }
    if (letter === undefined) throw fail(`stray % in format '${format}'`);
    const directive = PATTERNS.get(letter);
    if (letter !== '%' && directive === undefined) throw fail(`'${letter}' is a bad directive in format '${format}'`);
    pattern += directive === undefined ? '%' : `(?P<${letter}>${directive})`;
  }
  return pattern;
}

/** What the directives matched. */
class Fields {
  constructor(private readonly match: RegexMatch) {}

  text(letter: string): string | null {
    return this.match.group(letter);
  }

  number(letter: string): number | null {
    const text = this.match.group(letter);
    return text === null ? null : Number(parseInt(text));
  }
}

function momentOf(fields: Fields): DateTime {
  const { year, month, day } = dateOf(fields);
  return DateTime.of(
    {
      year,
      month,
      day,
      hour: hourOf(fields),
      minute: fields.number('M') ?? 0,
      second: fields.number('S') ?? 0,
      microsecond: Number((fields.text('f') ?? '').padEnd(6, '0')),
    },
    offsetOf(fields.text('z')),
  );
}

function hourOf(fields: Fields): number {
  const hour12 = fields.number('I');
  if (hour12 === null) return fields.number('H') ?? 0;
  return (hour12 % 12) + (fields.text('p')?.toLowerCase() === 'pm' ? 12 : 0);
}

function dateOf(fields: Fields): { year: number; month: number; day: number } {
  const weekday = weekdayField(fields);
  const isoWeek = isoDays(fields, weekday);
  const year = yearOf(fields) ?? 1900;
  const dayOfYear = fields.number('j') ?? weekBasedDay(fields, year, weekday);
  const days = isoWeek ?? (dayOfYear === null ? null : daysFromCivil(year, 1, 1) + dayOfYear - 1);
  if (days !== null && (isoWeek !== null || !hasMonthAndDay(fields))) {
    return new DateTime(BigInt(days) * 86_400_000_000n, null).parts;
  }
  return { year, month: monthOf(fields) ?? 1, day: fields.number('d') ?? 1 };
}

function hasMonthAndDay(fields: Fields): boolean {
  return monthOf(fields) !== null && fields.number('d') !== null;
}

function monthOf(fields: Fields): number | null {
  const name = fields.text('B') ?? fields.text('b');
  return name === null ? fields.number('m') : (MONTH_INDEX.get(name.toLowerCase()) ?? 0) + 1;
}

function yearOf(fields: Fields): number | null {
  const short = fields.number('y');
  return short === null ? fields.number('Y') : short + (short <= 68 ? 2000 : 1900);
}

/** Monday is 0. */
function weekdayField(fields: Fields): number | null {
  const name = fields.text('A') ?? fields.text('a');
  if (name !== null) return WEEKDAY_INDEX.get(name.toLowerCase()) ?? 0;
  const fromSunday = fields.number('w');
  if (fromSunday !== null) return (fromSunday + 6) % 7;
  const iso = fields.number('u');
  return iso === null ? null : iso - 1;
}

function isoDays(fields: Fields, weekday: number | null): number | null {
  const [year, week] = [fields.number('G'), fields.number('V')];
  if (year === null && week === null) return null;
  if (year === null) {
    throw fail(
      "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').",
    );
  }
  if (week === null || weekday === null) {
    throw fail(
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
    );
  }
  if (week === 0 || week > 53) throw fail(`Invalid week: ${week}`);
  return isoYearStart(year) + (week - 1) * 7 + weekday;
}

/** The day of the year, from 1, that `%U` or `%W` with a weekday mean. */
function weekBasedDay(fields: Fields, year: number, weekday: number | null): number | null {
  const fromSunday = fields.number('U');
  const week = fromSunday ?? fields.number('W');
  if (week === null || weekday === null || yearOf(fields) === null) return null;
  const shift = fromSunday === null ? 0 : 1;
  const first = (weekdayOf(daysFromCivil(year, 1, 1)) + shift) % 7;
  const day = (weekday + shift) % 7;
  return week === 0 ? 1 + day - first : 1 + ((7 - first) % 7) + 7 * (week - 1) + day;
}

function offsetOf(text: string | null): TimeSpan | null {
  if (text === null) return null;
  if (text === 'Z') return new TimeSpan(0n);
  const [, sign, hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    /^([-+])(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d+))?)?$/.exec(text) ?? [];
  const span = TimeSpan.of({
    hours: Number(hours),
    minutes: Number(minutes),
    seconds: Number(seconds),
    microseconds: Number(fraction.padEnd(6, '0')),
  });
  return sign === '-' ? span.negated() : span;
}

function fail(message: string): PyError {
  return new PyError('ValueError', message);
}
