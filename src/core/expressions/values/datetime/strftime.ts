import { Budget } from '../budget.js';
import { dayOfYear, floorSplit, MICROS_PER_SECOND, type CivilParts } from './civil.js';
import { isoWeekOf } from './iso-week.js';
import { MONTHS, WEEKDAYS } from './names.js';
import { offsetText } from './offset-text.js';
import type { TimeSpan } from './time-span.js';

/** What a format can show of a moment. */
interface Moment {
  readonly parts: CivilParts;
  readonly weekday: number;
  readonly wallMicros: bigint;
  readonly offset: TimeSpan | null;
}

const DIRECTIVE = /%([_\-0^#]*)(\d*)(?:E(?![aAbBdDeFgGhHIjklmMSUVwW])|O(?![aAcDFxXY]))?([^])/gu;
const MAX_WIDTH = 1_000;

/** The C library's `strftime` in the C locale, with Python's `%f`, `%z` and `%Z`; unknown directives stay as they are. */
export function strftime(moment: Moment, format: string, budget = new Budget()): string {
  budget.output(2 * format.length);
  return format.replace(DIRECTIVE, (directive, flags: string, width: string, letter: string) => {
    budget.step(8);
    budget.output(16 + Math.min(Number(width), MAX_WIDTH));
    const composite = COMPOSITES.get(letter);
    if (composite !== undefined) return adjust(strftime(moment, composite, budget), flags.replace('#', ''), width, ' ');
    const field = FIELDS.get(letter);
    if (!field || (letter === 'f' && directive !== '%f')) return directive;
    const { text, size, fill } = field(moment);
    const pad = flags.includes('-') ? '' : flags.includes('_') ? ' ' : flags.includes('0') ? '0' : fill;
    const padded = pad === '' ? text : text.padStart(size, pad);
    return adjust(padded, letter === 'P' ? '' : flags, width, pad === '' ? ' ' : pad);
  });
}

function adjust(text: string, flags: string, width: string, fill: string): string {
  const cased = flags.includes('^') ? text.toUpperCase() : flags.includes('#') ? swapCase(text) : text;
  return cased.padStart(Math.min(Number(width), MAX_WIDTH), fill);
}

/** The library's idea of the other case: lower for `PM`, upper for names. */
function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

const COMPOSITES: ReadonlyMap<string, string> = new Map([
  ['c', '%a %b %e %H:%M:%S %Y'],
  ['D', '%m/%d/%y'],
  ['F', '%Y-%m-%d'],
  ['r', '%I:%M:%S %p'],
  ['R', '%H:%M'],
  ['T', '%H:%M:%S'],
  ['x', '%m/%d/%y'],
  ['X', '%H:%M:%S'],
]);

interface Field {
  readonly text: string;
  readonly size: number;
  readonly fill: string;
}

const FIELDS: ReadonlyMap<string, (moment: Moment) => Field> = new Map([
  ['a', (at) => plain(weekdayName(at).slice(0, 3))],
  ['A', (at) => plain(weekdayName(at))],
  ['b', (at) => plain(monthName(at).slice(0, 3))],
  ['B', (at) => plain(monthName(at))],
  ['C', (at) => digits(Math.floor(at.parts.year / 100), 2)],
  ['d', (at) => digits(at.parts.day, 2)],
  ['e', (at) => digits(at.parts.day, 2, ' ')],
  ['f', (at) => digits(at.parts.microsecond, 6)],
  ['g', (at) => digits(isoWeek(at).year % 100, 2)],
  ['G', (at) => digits(isoWeek(at).year, 1)],
  ['h', (at) => plain(monthName(at).slice(0, 3))],
  ['H', (at) => digits(at.parts.hour, 2)],
  ['I', (at) => digits(hour12(at), 2)],
  ['j', (at) => digits(yearDay(at), 3)],
  ['k', (at) => digits(at.parts.hour, 2, ' ')],
  ['l', (at) => digits(hour12(at), 2, ' ')],
  ['m', (at) => digits(at.parts.month, 2)],
  ['M', (at) => digits(at.parts.minute, 2)],
  ['n', () => plain('\n')],
  ['p', (at) => plain(at.parts.hour < 12 ? 'AM' : 'PM')],
  ['P', (at) => plain(at.parts.hour < 12 ? 'am' : 'pm')],
  ['s', (at) => digits(floorSplit(at.wallMicros, MICROS_PER_SECOND)[0], 1)],
  ['S', (at) => digits(at.parts.second, 2)],
  ['t', () => plain('\t')],
  ['u', (at) => digits(at.weekday + 1, 1)],
  ['U', (at) => digits(weekOfYear(at, (at.weekday + 1) % 7), 2)],
  ['V', (at) => digits(isoWeek(at).week, 2)],
  ['w', (at) => digits((at.weekday + 1) % 7, 1)],
  ['W', (at) => digits(weekOfYear(at, at.weekday), 2)],
  ['y', (at) => digits(at.parts.year % 100, 2)],
  ['Y', (at) => digits(at.parts.year, 1)],
  ['z', (at) => plain(offsetText(at.offset, ''))],
  ['Z', (at) => plain(at.offset?.micros === 0n ? 'UTC' : '')],
  ['%', () => plain('%')],
]);

function plain(text: string): Field {
  return { text, size: 0, fill: '' };
}

function digits(value: number, size: number, fill = '0'): Field {
  return { text: String(value), size, fill };
}

function weekdayName(moment: Moment): string {
  return WEEKDAYS[moment.weekday] ?? '';
}

function monthName(moment: Moment): string {
  return MONTHS[moment.parts.month - 1] ?? '';
}

function hour12(moment: Moment): number {
  return moment.parts.hour % 12 === 0 ? 12 : moment.parts.hour % 12;
}

function yearDay(moment: Moment): number {
  const { year, month, day } = moment.parts;
  return dayOfYear(year, month, day);
}

/** @param weekday  counted from the day that starts a week */
function weekOfYear(moment: Moment, weekday: number): number {
  return Math.floor((yearDay(moment) + 6 - weekday) / 7);
}

function isoWeek(moment: Moment): { readonly year: number; readonly week: number } {
  const { year, month, day } = moment.parts;
  return isoWeekOf(year, month, day);
}
