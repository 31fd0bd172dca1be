import { PyObject, type HashKey } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { normalInt, toDouble, trueDivide } from '../numbers.js';
import { ratioOf, roundedQuotient } from '../ratio.js';
import { isInt } from '../type-name.js';
import type { PyNumber } from '../types.js';
import { floorSplit, MICROS_PER_DAY, MICROS_PER_SECOND } from './civil.js';

const MAX_DAYS = 999_999_999;

export interface TimeSpanParts {
  readonly days?: number | bigint;
  readonly hours?: number | bigint;
  readonly minutes?: number | bigint;
  readonly seconds?: number | bigint;
  readonly milliseconds?: number | bigint;
  readonly microseconds?: number | bigint;
}

/** A length of time, exact to the microsecond; may be negative. */
export class TimeSpan extends PyObject {
  readonly typeName = 'datetime.timedelta';

  /** @throws {PyError} OverflowError beyond 999,999,999 days */
  constructor(readonly micros: bigint) {
    super();
    const [days] = floorSplit(micros, MICROS_PER_DAY);
    if (Math.abs(days) > MAX_DAYS) {
      throw new PyError('OverflowError', `days=${days}; must have magnitude <= ${MAX_DAYS}`);
    }
  }

  static of(parts: TimeSpanParts): TimeSpan {
    const seconds =
      BigInt(parts.days ?? 0) * 86_400n +
      BigInt(parts.hours ?? 0) * 3_600n +
      BigInt(parts.minutes ?? 0) * 60n +
      BigInt(parts.seconds ?? 0);
    const micros = BigInt(parts.milliseconds ?? 0) * 1_000n + BigInt(parts.microseconds ?? 0);
    return new TimeSpan(seconds * MICROS_PER_SECOND + micros);
  }

  plus(other: TimeSpan): TimeSpan {
    return new TimeSpan(this.micros + other.micros);
  }

  minus(other: TimeSpan): TimeSpan {
    return new TimeSpan(this.micros - other.micros);
  }

  negated(): TimeSpan {
    return new TimeSpan(-this.micros);
  }

  /** Rounded to the nearest microsecond, ties to even. */
  times(factor: PyNumber): TimeSpan {
    if (isInt(factor)) return new TimeSpan(this.micros * BigInt(factor));
    const { numerator, denominator } = ratioOf(toDouble(factor));
    return new TimeSpan(roundedQuotient(this.micros * numerator, denominator));
  }

  /** Rounded to the nearest microsecond, ties to even. @throws {PyError} ZeroDivisionError */
  dividedBy(divisor: PyNumber): TimeSpan {
    if (toDouble(divisor) === 0) {
      throw new PyError('ZeroDivisionError', isInt(divisor) ? 'division by zero' : 'float division by zero');
    }
    if (isInt(divisor)) return new TimeSpan(roundedQuotient(this.micros, BigInt(divisor)));
    const { numerator, denominator } = ratioOf(toDouble(divisor));
    return new TimeSpan(roundedQuotient(this.micros * denominator, numerator));
  }

  /** How often `other` goes into this one, a float. @throws {PyError} ZeroDivisionError */
  ratioTo(other: TimeSpan): PyNumber {
    if (other.micros === 0n) throw new PyError('ZeroDivisionError', 'float division by zero');
    return trueDivide(normalInt(this.micros), normalInt(other.micros));
  }

  /** The whole length in a unit of this many microseconds, a float: `inUnits(3_600_000_000n)` is hours. */
  inUnits(unitMicros: bigint): PyNumber {
    return trueDivide(normalInt(this.micros), normalInt(unitMicros));
  }

  totalSeconds(): PyNumber {
    return this.inUnits(MICROS_PER_SECOND);
  }

  compareTo(other: unknown): number | undefined {
    if (!(other instanceof TimeSpan)) return undefined;
    return this.micros < other.micros ? -1 : this.micros > other.micros ? 1 : 0;
  }

  override equals(other: unknown): boolean {
    return other instanceof TimeSpan && other.micros === this.micros;
  }

  override hashKey(): HashKey {
    return `\u0000timespan${this.micros}`;
  }

  override truthy(): boolean {
    return this.micros !== 0n;
  }

  override repr(): string {
    const [days, ofDay] = floorSplit(this.micros, MICROS_PER_DAY);
    const [seconds, microseconds] = floorSplit(BigInt(ofDay), MICROS_PER_SECOND);
    const parts = Object.entries({ days, seconds, microseconds }).filter(([, count]) => count !== 0);
    return `datetime.timedelta(${parts.map(([name, count]) => `${name}=${count}`).join(', ') || '0'})`;
  }

  /** E.g. `-1 day, 23:59:59.500000`. */
  override str(): string {
    const [days, ofDay] = floorSplit(this.micros, MICROS_PER_DAY);
    const [seconds, micros] = floorSplit(BigInt(ofDay), MICROS_PER_SECOND);
    const clock = `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const fraction = micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`;
    const prefix = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return prefix + clock + fraction;
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
