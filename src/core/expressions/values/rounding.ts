import { toFloat } from '../../shared/index.js';
import { PyError } from '../errors.js';
import { intOfDouble, normalInt, toDouble } from './numbers.js';
import { ratioOf, roundedQuotient } from './ratio.js';
import { isInt } from './type-name.js';
import type { PyNumber } from './types.js';

/** Digits beyond which a double can't change by rounding, and below which it is zero. */
const MAX_DIGITS = 323;
const MIN_DIGITS = -308;

/**
 * Python's `round(value, digits)`: to the nearest, ties of the exact binary value to even; an int stays an int.
 * @param digits  after the point; negative rounds to tens, hundreds
 */
export function round(value: PyNumber, digits: number): PyNumber {
  return isInt(value) ? roundInt(value, digits) : toFloat(roundDouble(toDouble(value), digits));
}

/** Python's `round(value)`: an int. @throws {PyError} for infinities and NaN */
export function roundToInt(value: PyNumber): number | bigint {
  if (isInt(value)) return value;
  const double = toDouble(value);
  checkFinite(double);
  return intOfDouble(Number.isInteger(double) ? double : roundDouble(double, 0));
}

/** Python's `int(value)` of a float: towards zero. @throws {PyError} for infinities and NaN */
export function truncate(value: PyNumber): number | bigint {
  if (isInt(value)) return value;
  const double = toDouble(value);
  checkFinite(double);
  return intOfDouble(Math.trunc(double));
}

/** `Math.floor` and `Math.ceil` of a number as a float rounded to some digits: Jinja's `round` methods. */
export function roundDirected(value: PyNumber, digits: number, direction: 'floor' | 'ceil'): PyNumber {
  const scale = 10 ** digits;
  const scaled = toDouble(value) * scale;
  return toFloat((direction === 'floor' ? Math.floor(scaled) : Math.ceil(scaled)) / scale);
}

function roundInt(value: number | bigint, digits: number): number | bigint {
  if (digits >= 0) return value;
  if (-digits > String(value).length) return 0;
  const unit = 10n ** BigInt(-digits);
  return normalInt(roundedQuotient(BigInt(value), unit) * unit);
}

/** The double nearest to a decimal with so many digits after the point. */
export function roundDouble(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0 || digits > MAX_DIGITS) return value;
  if (digits < MIN_DIGITS) return value < 0 ? -0 : 0;
  const whole = scaledInt(value, digits);
  if (whole === 0n) return value < 0 ? -0 : 0;
  const result = Number(`${whole}e${-digits}`);
  if (!Number.isFinite(result)) throw new PyError('OverflowError', 'rounded value too large to represent');
  return result;
}

/** `value × 10^digits` as an integer, rounded from the exact value, ties to even. */
export function scaledInt(value: number, digits: number): bigint {
  const { numerator, denominator } = ratioOf(value);
  return digits >= 0
    ? roundedQuotient(numerator * 10n ** BigInt(digits), denominator)
    : roundedQuotient(numerator, denominator * 10n ** BigInt(-digits));
}

function checkFinite(value: number): void {
  if (Number.isNaN(value)) throw new PyError('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'cannot convert float infinity to integer');
}
