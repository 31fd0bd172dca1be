/** Values of one field of a cron pattern; `isAny` when it does not restrict anything. */
export interface CronField {
  readonly values: ReadonlySet<number>;
  readonly isAny: boolean;
}

/** The fields of a pattern; `second` is 0 where it has none. */
export interface CronFields {
  readonly second: CronField;
  readonly minute: CronField;
  readonly hour: CronField;
  /** 1 to 31, and {@link LAST_DAY}. */
  readonly day: CronField;
  readonly month: CronField;
  /** 0 (Sunday) to 6, or {@link nthWeekday} and {@link lastWeekday}. */
  readonly weekday: CronField;
}

interface Kind {
  readonly from: number;
  readonly to: number;
  /** How many different values there are. */
  readonly count: number;
  readonly names: readonly string[];
}

/** The last day of the month, as a value of `day`. */
export const LAST_DAY = 32;

const MINUTE: Kind = { from: 0, to: 59, count: 60, names: [] };
const HOUR: Kind = { from: 0, to: 23, count: 24, names: [] };
const DAY: Kind = { from: 1, to: 31, count: 31, names: [] };
const MONTHS = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH: Kind = { from: 1, to: 12, count: 12, names: MONTHS };
const WEEKDAY: Kind = { from: 0, to: 7, count: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] };

const ALIASES: Readonly<Record<string, string>> = {
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};
const ITEM = /^(\*|\w+)(?:-(\w+))?(?:\/(\d{1,9}))?$/;
const NTH = /^(\w+)#([1-5])$/;
const LAST_WEEKDAY = /^l([0-7])$/;

/** Thrown within this file for a pattern that croniter refuses. */
class BadCron extends Error {}

/** The nth (from 1) such weekday of the month, as a value of `weekday`. */
export function nthWeekday(day: number, nth: number): number {
  return 10 * nth + day;
}

/** The last such weekday of the month, as a value of `weekday`. */
export function lastWeekday(day: number): number {
  return nthWeekday(day, 6);
}

/**
 * Reads `minute hour day month weekday`, with seconds last where there is a sixth field, or `@daily` and the like.
 * @returns undefined for a pattern that croniter refuses
 */
export function readCronFields(pattern: string): CronFields | undefined {
  const lower = pattern.toLowerCase();
  const texts = (ALIASES[lower] ?? lower).split(/\s+/).filter((text) => text !== '');
  if (texts.length !== 5 && texts.length !== 6) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = '', second = '0'] = texts;
  try {
    return {
      minute: readField(minute, MINUTE),
      hour: readField(hour, HOUR),
      // As croniter has it, day 0 is the first where there are six fields.
      day: readField(texts.length === 6 ? day.replace(/(?<=^|,)0(?=,|$)/g, '1') : day, DAY),
      month: readField(month, MONTH),
      weekday: readWeekdays(weekday),
      second: readField(second, MINUTE),
    };
  } catch (error) {
    if (error instanceof BadCron) return undefined;
    throw error;
  }
}

/** `5#2` is the second Friday of the month and `l5` the last one; beside them, other weekdays are refused. */
function readWeekdays(text: string): CronField {
  const items = text.split(',');
  const isSpecial = (item: string): boolean => NTH.test(item) || LAST_WEEKDAY.test(item);
  const special = items.filter(isSpecial).map(readSpecial);
  if (special.length === 0) return readField(text, WEEKDAY);
  const plain = new Set(items.filter((item) => !isSpecial(item)).flatMap((item) => readItem(item, WEEKDAY)));
  const isMixed = [...plain].some((day) => !special.some((value) => value % 10 === day));
  if (isMixed && plain.size < WEEKDAY.count) throw new BadCron();
  return { values: new Set(special), isAny: false };
}

function readSpecial(item: string): number {
  const last = LAST_WEEKDAY.exec(item)?.[1];
  if (last !== undefined) return lastWeekday(Number(last) % 7);
  const [, day = '', nth = ''] = NTH.exec(item) ?? [];
  return nthWeekday(readNumber(day, WEEKDAY) % 7, Number(nth));
}

function readField(text: string, kind: Kind): CronField {
  const items = text.split(',');
  const values = new Set(items.flatMap((item) => readItem(item, kind)));
  return { values, isAny: items.includes('*') || (values.size === kind.count && !values.has(LAST_DAY)) };
}

function readItem(item: string, kind: Kind): readonly number[] {
  if (item === 'l' && kind === DAY) return [LAST_DAY];
  const [, first, last, step] = ITEM.exec(item) ?? [];
  if (first === undefined || (first === '*' && last !== undefined)) throw new BadCron();
  const from = first === '*' ? kind.from : readNumber(first, kind);
  const isSingle = first !== '*' && last === undefined && step === undefined;
  const to = isSingle ? from : rangeEnd(from, last, kind);
  const stride = Number(step ?? 1);
  if (from > to || stride === 0) throw new BadCron();
  const values: number[] = [];
  for (let value = from; value <= to; value += stride) values.push(kind === WEEKDAY ? value % 7 : value);
  return values;
}

/** A range of weekdays may end with Sunday as 0, one of days with the last of the month, which counts as the 31st. */
function rangeEnd(from: number, text: string | undefined, kind: Kind): number {
  if (text === undefined || (text === 'l' && kind === DAY)) return kind.to;
  const end = readNumber(text, kind);
  return kind === WEEKDAY && end === 0 && from > 0 ? 7 : end;
}

function readNumber(text: string, kind: Kind): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : kind.names.indexOf(text);
  if (number < kind.from || number > kind.to) throw new BadCron();
  return number;
}
