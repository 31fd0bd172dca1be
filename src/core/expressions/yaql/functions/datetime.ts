import { PyError } from '../../errors.js';
import {
  DateTime,
  parseDateTime,
  strftime,
  strptime,
  roundToInt,
  TimeSpan,
  toDouble,
  isInt,
  type CivilParts,
  type PyNumber,
} from '../../values/index.js';
import { declarer, optional, optionalNullable, required } from '../runtime/declaration.js';
import type { Kind } from '../runtime/frame.js';
import type { Frame } from '../runtime/frame.js';
import { aware, UTC } from '../values/moments.js';
import { produced } from './strings.js';
import { bits, integer, number, text } from '../runtime/kinds.js';

const declare = declarer('Dates and times');

type Whole = number | bigint | boolean;

const moment: Kind<DateTime> = {
  name: 'datetime',
  nature: 'eager',
  accepts: (value) => value instanceof DateTime,
  convert: (value) => aware(value as DateTime),
};
const span: Kind<TimeSpan> = { name: 'timespan', nature: 'eager', accepts: (value) => value instanceof TimeSpan };

export const DATETIME = [
  declare({
    names: 'datetime',
    style: 'function',
    parameters: [
      required('year', bits),
      required('month', bits),
      required('day', bits),
      optional('hour', bits, 0),
      optional('minute', bits, 0),
      optional('second', bits, 0),
      optional('microsecond', bits, 0),
      optional('offset', span, UTC),
    ],
    doc: 'A moment given by its parts.',
    example: ['datetime(2020, 1, 31, 10, 20)', '{"$datetime": "2020-01-31T10:20:00+00:00"}'],
    run: (_frame, year, month, day, hour, minute, second, microsecond, offset) =>
      DateTime.of(
        {
          ...partsOf({ hour, minute, second, microsecond }),
          year: Number(year),
          month: Number(month),
          day: Number(day),
        },
        offset,
      ),
  }),
  declare({
    names: 'datetime',
    style: 'function',
    parameters: [required('timestamp', number), optional('offset', span, UTC)],
    doc: 'The moment so many seconds after 1970.',
    example: ['datetime(1577836800)', '{"$datetime": "2020-01-01T00:00:00+00:00"}'],
    run: (_frame, timestamp, offset) => fromTimestamp(timestamp, offset),
  }),
  declare({
    names: 'datetime',
    style: 'function',
    parameters: [required('string', text), optional('format', text, null)],
    doc: 'The moment a text names, in about any notation (month first in `01/02/2020`) or in the given format; in UTC unless it says otherwise.',
    example: ["datetime('31.01.2020', '%d.%m.%Y')", '{"$datetime": "2020-01-31T00:00:00+00:00"}'],
    run: (frame, string, format) => {
      if (format) return aware(strptime(string, format, frame.runtime.budget));
      frame.runtime.budget.step(string.length);
      return aware(parseDateTime(string, midnight(frame)));
    },
  }),
  declare({
    names: 'timespan',
    style: 'function',
    parameters: [
      optional('days', bits, 0),
      optional('hours', bits, 0),
      optional('minutes', bits, 0),
      optional('seconds', integer, 0),
      optional('milliseconds', integer, 0),
      optional('microseconds', integer, 0),
    ],
    doc: 'A length of time.',
    example: ['timespan(hours => 36).days', '1.5'],
    run: (_frame, days, hours, minutes, seconds, milliseconds, microseconds) =>
      TimeSpan.of({
        days: BigInt(days),
        hours: BigInt(hours),
        minutes: BigInt(minutes),
        seconds,
        milliseconds,
        microseconds,
      }),
  }),
  declare({
    names: 'now',
    style: 'function',
    parameters: [optionalNullable('offset', span, UTC)],
    doc: 'The current moment.',
    example: ['now() <= now()', 'true'],
    run: (frame, offset) => {
      const micros = BigInt(Math.trunc(frame.runtime.functions.now()));
      return offset === null ? new DateTime(micros, null) : DateTime.fromUtc(micros, offset);
    },
  }),
  declare({
    names: 'localtz',
    style: 'function',
    parameters: [],
    doc: "The offset of the service's time zone, which is UTC.",
    example: ['localtz()', '{"$timespan_us": 0}'],
    run: () => UTC,
  }),
  declare({
    names: 'utctz',
    style: 'function',
    parameters: [],
    doc: 'The offset of UTC: no time at all.',
    example: ['utctz()', '{"$timespan_us": 0}'],
    run: () => UTC,
  }),
  declare({
    names: 'replace',
    style: 'method',
    parameters: [
      required('dt', moment),
      optional('year', bits, null),
      optional('month', bits, null),
      optional('day', bits, null),
      optional('hour', bits, null),
      optional('minute', bits, null),
      optional('second', bits, null),
      optional('microsecond', bits, null),
      optional('offset', span, null),
    ],
    doc: 'The moment with some of its parts changed.',
    example: ['datetime(2020, 1, 31).replace(hour => 5)', '{"$datetime": "2020-01-31T05:00:00+00:00"}'],
    run: (_frame, value, year, month, day, hour, minute, second, microsecond, offset) =>
      value.with(partsOf({ year, month, day, hour, minute, second, microsecond }), offset ?? value.offset),
  }),
  declare({
    names: 'format',
    style: 'method',
    parameters: [required('dt', moment), required('format', text)],
    doc: "The moment as text, in the notation of C's strftime.",
    example: ["datetime(2020, 1, 31).format('%d.%m.%Y')", '"31.01.2020"'],
    run: (frame, value, format) => produced(frame, strftime(value, format, frame.runtime.budget)),
  }),
];

/** Today, from which a text takes what it does not say. */
function midnight(frame: Frame): DateTime {
  const now = new DateTime(BigInt(Math.trunc(frame.runtime.functions.now())), null);
  const { year, month, day } = now.parts;
  return DateTime.of({ year, month, day }, null);
}

/** The parts that are given, as numbers. */
function partsOf(given: Readonly<Record<string, Whole | null>>): Partial<CivilParts> {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, Number(value)]),
  );
}

const MAX_SECONDS = 253_402_300_800;

function fromTimestamp(timestamp: PyNumber, offset: TimeSpan): DateTime {
  const seconds = toDouble(timestamp);
  if (!(Math.abs(seconds) <= MAX_SECONDS)) throw new PyError('ValueError', 'year is out of range');
  const micros = isInt(timestamp) ? BigInt(timestamp) * 1_000_000n : microsOf(seconds);
  return DateTime.fromUtc(micros, offset);
}

/** Rounded half to even, as Python rounds timestamps. */
function microsOf(seconds: number): bigint {
  const whole = Math.floor(seconds);
  return BigInt(whole) * 1_000_000n + BigInt(roundToInt((seconds - whole) * 1e6));
}
