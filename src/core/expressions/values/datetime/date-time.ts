import { PyObject, type HashKey } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { normalInt, trueDivide } from '../numbers.js';
import type { PyNumber } from '../types.js';
import {
  civilFromMicros,
  daysInMonth,
  floorSplit,
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
  microsFromCivil,
  weekdayOf,
  type CivilParts,
} from './civil.js';
import { offsetText } from './offset-text.js';
import { strftime } from './strftime.js';
import { TimeSpan } from './time-span.js';

const FIRST = microsFromCivil({ year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 });
const LAST = microsFromCivil({
  year: 9999,
  month: 12,
  day: 31,
  hour: 23,
  minute: 59,
  second: 59,
  microsecond: 999_999,
});

/** A moment as a wall clock shows it, exact to the microsecond, with the distance of that clock from UTC. */
export class DateTime extends PyObject {
  readonly typeName = 'datetime.datetime';

  /**
   * @param wallMicros  of the wall clock since 1970-01-01 00:00 on that clock
   * @param offset  from UTC, `null` for a clock whose place is unknown (naive)
   * @throws {PyError} outside the years 1 to 9999, or with an offset of a day or more
   */
  constructor(
    readonly wallMicros: bigint,
    readonly offset: TimeSpan | null,
  ) {
    super();
    if (wallMicros < FIRST || wallMicros > LAST) throw new PyError('OverflowError', 'date value out of range');
    checkOffset(offset);
  }

  /** @throws {PyError} ValueError with the name of the part that is out of its range */
  static of(
    parts: Partial<CivilParts> & Pick<CivilParts, 'year' | 'month' | 'day'>,
    offset: TimeSpan | null,
  ): DateTime {
    const full = { hour: 0, minute: 0, second: 0, microsecond: 0, ...parts };
    checkParts(full);
    return new DateTime(microsFromCivil(full), offset);
  }

  /** @param micros  since 1970 in UTC */
  static fromUtc(micros: bigint, offset: TimeSpan): DateTime {
    return new DateTime(micros + offset.micros, offset);
  }

  get parts(): CivilParts {
    return civilFromMicros(this.wallMicros);
  }

  /** Microseconds since 1970 in UTC; a naive clock counts as UTC. */
  get utcMicros(): bigint {
    return this.wallMicros - (this.offset?.micros ?? 0n);
  }

  /** Monday is 0. */
  get weekday(): number {
    return weekdayOf(floorSplit(this.wallMicros, MICROS_PER_DAY)[0]);
  }

  /** Seconds since 1970 in UTC, a float. */
  timestamp(): PyNumber {
    return trueDivide(normalInt(this.utcMicros), 1_000_000);
  }

  plus(span: TimeSpan): DateTime {
    return new DateTime(this.wallMicros + span.micros, this.offset);
  }

  minus(span: TimeSpan): DateTime {
    return new DateTime(this.wallMicros - span.micros, this.offset);
  }

  /** Time since an earlier moment. @throws {PyError} TypeError when one of them is naive */
  since(other: DateTime): TimeSpan {
    checkSameKind(this, other, "can't subtract offset-naive and offset-aware datetimes");
    return new TimeSpan(this.utcMicros - other.utcMicros);
  }

  /** The same with some parts changed. @throws {PyError} ValueError */
  with(changes: Partial<CivilParts>, offset: TimeSpan | null = this.offset): DateTime {
    return DateTime.of({ ...this.parts, ...changes }, offset);
  }

  /** The same moment on another clock. */
  at(offset: TimeSpan): DateTime {
    return DateTime.fromUtc(this.utcMicros, offset);
  }

  /** E.g. `2020-01-05T01:02:03.000004+00:00`; microseconds only when there are any. */
  isoFormat(separator = 'T'): string {
    const { year, month, day, hour, minute, second, microsecond } = this.parts;
    const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
    const fraction = microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0')}`;
    return `${date}${separator}${two(hour)}:${two(minute)}:${two(second)}${fraction}${offsetText(this.offset, ':')}`;
  }

  /** By C's `strftime`, as `format(moment, spec)` of Python. */
  format(spec: string): string {
    return strftime(this, spec);
  }

  compareTo(other: unknown): number | undefined {
    if (!(other instanceof DateTime)) return undefined;
    checkSameKind(this, other, "can't compare offset-naive and offset-aware datetimes");
    const difference = this.utcMicros - other.utcMicros;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  override equals(other: unknown): boolean {
    return (
      other instanceof DateTime &&
      other.utcMicros === this.utcMicros &&
      (other.offset === null) === (this.offset === null)
    );
  }

  override hashKey(): HashKey {
    return `\u0000${this.offset === null ? 'naive' : 'moment'}${this.utcMicros}`;
  }

  override repr(): string {
    const { year, month, day, hour, minute, second, microsecond } = this.parts;
    const clock =
      microsecond !== 0 ? [hour, minute, second, microsecond] : second !== 0 ? [hour, minute, second] : [hour, minute];
    const numbers = [year, month, day, ...clock].join(', ');
    return `datetime.datetime(${numbers}${this.offset === null ? '' : `, tzinfo=${zoneRepr(this.offset)}`})`;
  }

  override str(): string {
    return this.isoFormat(' ');
  }
}

function zoneRepr(offset: TimeSpan): string {
  return offset.micros === 0n ? 'tzutc()' : `tzoffset(None, ${offset.micros / MICROS_PER_SECOND})`;
}

function checkParts(parts: CivilParts): void {
  const { year, month, day } = parts;
  if (!(year >= 1 && year <= 9999)) throw new PyError('ValueError', `year ${year} is out of range`);
  if (!(month >= 1 && month <= 12)) throw new PyError('ValueError', 'month must be in 1..12');
  if (!(day >= 1 && day <= daysInMonth(year, month))) throw new PyError('ValueError', 'day is out of range for month');
  const limits = { hour: 23, minute: 59, second: 59, microsecond: 999_999 } as const;
  for (const name of ['hour', 'minute', 'second', 'microsecond'] as const) {
    if (!(parts[name] >= 0 && parts[name] <= limits[name])) {
      throw new PyError('ValueError', `${name} must be in 0..${limits[name]}`);
    }
  }
}

function checkOffset(offset: TimeSpan | null): void {
  if (offset === null || (offset.micros > -MICROS_PER_DAY && offset.micros < MICROS_PER_DAY)) return;
  throw new PyError(
    'ValueError',
    'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).',
  );
}

function checkSameKind(a: DateTime, b: DateTime, message: string): void {
  if ((a.offset === null) !== (b.offset === null)) throw new PyError('TypeError', message);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
