import { normalInt, toDouble, trueDivide } from './numbers.js';
import { ratioOf } from './ratio.js';

/** Bits after the point of the fixed-point numbers below. */
const BITS = 192n;
const ONE = 1n << BITS;
const MAX_EXACT_EXPONENT = 64;
const LN_2 = 2n * atanh(ONE / 3n);

/**
 * A positive double to a power, rounded once, as C libraries have it; JavaScript's own `**` is often off by the last bit.
 * Both arguments and the result must be ordinary numbers: not zero, infinite or NaN.
 */
export function precisePower(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && Math.abs(exponent) <= MAX_EXACT_EXPONENT) return exactPower(base, exponent);
  const { numerator, denominator } = ratioOf(exponent);
  const product = (logarithm(base) * numerator) / denominator;
  const doublings = (product + LN_2 / 2n) / LN_2 - (product + LN_2 / 2n < 0n ? 1n : 0n);
  const mantissa = exponential(product - doublings * LN_2);
  return scale(Number(mantissa), Number(doublings - BITS));
}

function exactPower(base: number, exponent: number): number {
  const { numerator, denominator } = ratioOf(base);
  const count = BigInt(Math.abs(exponent));
  const [top, bottom] = exponent < 0 ? [denominator, numerator] : [numerator, denominator];
  return toDouble(trueDivide(normalInt(top ** count), normalInt(bottom ** count)));
}

/** The natural logarithm in fixed point: that of the mantissa, which is near 1, and the doublings. */
function logarithm(value: number): bigint {
  const { numerator, denominator } = ratioOf(value);
  const doublings = BigInt(Math.round(Math.log2(value)));
  const mantissa =
    doublings >= 0n
      ? (numerator << BITS) / (denominator << doublings)
      : (numerator << (BITS - doublings)) / denominator;
  return 2n * atanh(((mantissa - ONE) << BITS) / (mantissa + ONE)) + doublings * LN_2;
}

function atanh(value: bigint): bigint {
  const square = (value * value) >> BITS;
  let sum = 0n;
  let term = value;
  for (let divisor = 1n; term !== 0n && term !== -1n; divisor += 2n) {
    sum += term / divisor;
    term = (term * square) >> BITS;
  }
  return sum;
}

function exponential(value: bigint): bigint {
  let sum = ONE;
  let term = ONE;
  for (let count = 1n; term !== 0n && term !== -1n; count++) {
    term = ((term * value) >> BITS) / count;
    sum += term;
  }
  return sum;
}

/** In two steps, since the power of two alone may be too small or too large for a double. */
function scale(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}
