import { CalendarDate } from '../../calendar-date.js';
import { DateTime, strftime, toFloat, type TimeSpan, type CivilParts, type Value } from '../../values/index.js';
import { NativeFunction, textOf, typeError } from '../runtime/index.js';
import { method, methodTable, type Method } from './method.js';

const PARTS: readonly string[] = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'];

/** Midnight of a date, for what only moments can do. */
function midnight(date: CalendarDate): DateTime {
  return DateTime.of({ year: date.year, month: date.month, day: date.day }, null);
}

/** 0 for Monday. */
function weekday(moment: DateTime): number {
  const days = Number(moment.wallMicros / 86_400_000_000n) - (moment.wallMicros % 86_400_000_000n < 0n ? 1 : 0);
  return (((days + 3) % 7) + 7) % 7;
}

const SHARED_METHODS: readonly Method<DateTime>[] = [
  method('weekday', [], weekday),
  method('isoweekday', [], (moment) => weekday(moment) + 1),
  method('strftime', ['format'], (moment, [format], run) => {
    const text = textOf(format ?? null);
    if (text === undefined) throw typeError('strftime() argument 1 must be str');
    return strftime(moment, text, run.budget);
  }),
];

const MOMENT = methodTable<DateTime>(SHARED_METHODS, [
  method('isoformat', [['sep', 'T']], (moment, [separator]) => moment.isoFormat(textOf(separator ?? null) ?? 'T')),
  method('timestamp', [], (moment) => moment.timestamp()),
  method('utcoffset', [], (moment) => moment.offset),
  method('date', [], ({ parts }) => new CalendarDate(parts.year, parts.month, parts.day)),
]);
const DATE = methodTable<DateTime>(SHARED_METHODS);

/** Attributes of a moment, such as `year` and `isoformat`. */
export function momentAttribute(moment: DateTime, name: string): Value | undefined {
  if (PARTS.includes(name)) return moment.parts[name as keyof CivilParts];
  const definition = MOMENT.get(name);
  return definition && boundTo(name, (args, run) => definition.call(moment, args, run, moment));
}

/** Attributes of a date, such as `year` and `isoformat`. */
export function dateAttribute(date: CalendarDate, name: string): Value | undefined {
  if (name === 'year' || name === 'month' || name === 'day') return date[name];
  if (name === 'isoformat') return boundTo(name, () => date.str());
  const definition = DATE.get(name);
  return definition && boundTo(name, (args, run) => definition.call(midnight(date), args, run, date));
}

/** Attributes of a time span: its days, seconds and microseconds. */
export function spanAttribute(span: TimeSpan, name: string): Value | undefined {
  const days = floor(span.micros, 86_400_000_000n);
  const rest = span.micros - days * 86_400_000_000n;
  switch (name) {
    case 'days':
      return Number(days);
    case 'seconds':
      return Number(rest / 1_000_000n);
    case 'microseconds':
      return Number(rest % 1_000_000n);
    case 'total_seconds':
      return boundTo(name, () => toFloat(Number(span.micros) / 1e6));
    default:
      return undefined;
  }
}

function floor(value: bigint, unit: bigint): bigint {
  return value / unit - (value % unit < 0n ? 1n : 0n);
}

type Body = ConstructorParameters<typeof NativeFunction>[1];

function boundTo(name: string, body: Body): NativeFunction {
  return new NativeFunction(name, body, 'builtin_function_or_method');
}
