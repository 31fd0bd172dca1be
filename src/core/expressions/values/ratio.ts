import { PyError } from '../errors.js';

/** A fraction in which the denominator is positive. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The exact value of a double as a fraction. @throws {PyError} for infinities and NaN */
export function ratioOf(value: number): Ratio {
  if (Number.isNaN(value)) throw new PyError('ValueError', 'cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'cannot convert Infinity to integer ratio');
  let scaled = value;
  let exponent = 0n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent++;
  }
  return { numerator: BigInt(scaled), denominator: 1n << exponent };
}

/** The integer nearest to a quotient, ties to even. */
export function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const top = denominator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rest = ((top % bottom) + bottom) % bottom;
  const floor = (top - rest) / bottom;
  const twice = rest * 2n;
  if (twice === bottom) return floor % 2n === 0n ? floor : floor + 1n;
  return twice > bottom ? floor + 1n : floor;
}
