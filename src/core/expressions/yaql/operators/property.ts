import { dictGet, isDict, isPlainObject, PyDict, type PyObject } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { DateTime, normalInt, PyIterator, reprText, TimeSpan, type PyNumber, type Value } from '../../values/index.js';
import { unknownFunction } from '../runtime/errors.js';
import type { Frame } from '../runtime/frame.js';
import { isWalkable, limited, type Walkable } from '../values/iteration.js';
import { aware, UTC } from '../values/moments.js';
import { yaqlExcerpt } from '../values/text.js';

/** `value.key`: an entry of a dict, the key of each item of a collection (lazily), a part of a moment or time span. */
export function property(value: Value, key: string, frame: Frame): Value {
  if (isPlainObject<Value>(value)) {
    const entry = Object.hasOwn(value, key) ? value[key] : undefined;
    if (entry === undefined) throw missingKey(key);
    return entry;
  }
  return value instanceof PyDict ? entryOf(value as PyDict<Value>, key) : otherProperty(value, key, frame);
}

/** The entry of a dict under any key. @throws {PyError} KeyError, or TypeError for a key that can't be one */
export function entryOf(dict: Value, key: Value): Value {
  const entry = isDict<Value>(dict) ? dictGet<Value>(dict, key) : undefined;
  if (entry === undefined) throw missingKey(key);
  return entry;
}

function missingKey(key: Value): PyError {
  return new PyError('KeyError', typeof key === 'string' ? reprText(key) : yaqlExcerpt(key, 1000));
}

function otherProperty(value: Value, key: string, frame: Frame): Value {
  if (isWalkable(value)) return new PyIterator(properties(limited(frame.runtime, value), key, frame), 'map');
  const parts: Readonly<Record<string, (value: PyObject) => Value>> =
    value instanceof DateTime ? MOMENT : value instanceof TimeSpan ? SPAN : {};
  const read = Object.hasOwn(parts, key) ? parts[key] : undefined;
  if (read === undefined) throw unknownFunction({ name: `#property#${key}` });
  return read(value as PyObject);
}

function* properties(items: Walkable, key: string, frame: Frame): Generator<Value, undefined> {
  for (const item of items) {
    frame.runtime.budget.step();
    yield property(item, key, frame);
  }
}

const EPOCH = new DateTime(0n, UTC);

const MOMENT = {
  year: (moment: DateTime) => moment.parts.year,
  month: (moment: DateTime) => moment.parts.month,
  day: (moment: DateTime) => moment.parts.day,
  hour: (moment: DateTime) => moment.parts.hour,
  minute: (moment: DateTime) => moment.parts.minute,
  second: (moment: DateTime) => moment.parts.second,
  microsecond: (moment: DateTime) => moment.parts.microsecond,
  weekday: (moment: DateTime) => moment.weekday,
  date: (moment: DateTime) => dateOf(moment),
  time: (moment: DateTime) => aware(moment).since(dateOf(moment)),
  offset: (moment: DateTime) => moment.offset ?? UTC,
  utc: (moment: DateTime) => utcOf(moment),
  timestamp: (moment: DateTime): PyNumber => utcOf(moment).since(EPOCH).totalSeconds(),
} as unknown as Readonly<Record<string, (value: PyObject) => Value>>;

/** The clock is set back by the offset, but the offset stays: a quirk of the original. */
function utcOf(moment: DateTime): DateTime {
  return aware(moment).minus(moment.offset ?? UTC);
}

function dateOf(moment: DateTime): DateTime {
  const { year, month, day } = moment.parts;
  return DateTime.of({ year, month, day }, moment.offset ?? UTC);
}

const SPAN = {
  microseconds: (span: TimeSpan) => normalInt(span.micros),
  milliseconds: (span: TimeSpan) => span.inUnits(1_000n),
  seconds: (span: TimeSpan) => span.inUnits(1_000_000n),
  minutes: (span: TimeSpan) => span.inUnits(60_000_000n),
  hours: (span: TimeSpan) => span.inUnits(3_600_000_000n),
  days: (span: TimeSpan) => span.inUnits(86_400_000_000n),
} as unknown as Readonly<Record<string, (value: PyObject) => Value>>;
