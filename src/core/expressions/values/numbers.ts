import { PyFloat, toFloat } from '../../shared/index.js';
import { PyError } from '../errors.js';
import { isInt } from './type-name.js';
import type { PyNumber } from './types.js';

/** The float nearest to a number. @throws {PyError} OverflowError for an int beyond the doubles */
export function toDouble(value: PyNumber): number {
  if (typeof value === 'number') return value;
  if (value instanceof PyFloat) return value.value;
  const double = Number(value);
  if (!Number.isFinite(double)) throw new PyError('OverflowError', 'int too large to convert to float');
  return double;
}

/** An int in its canonical form: a number while that is exact. */
export function normalInt(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** The int a whole double stands for. */
export function intOfDouble(value: number): number | bigint {
  return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
}

export function add(a: PyNumber, b: PyNumber): PyNumber {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum) && Number.isSafeInteger(a) && Number.isSafeInteger(b)) return sum;
  }
  return isInt(a) && isInt(b) ? normalInt(BigInt(a) + BigInt(b)) : toFloat(toDouble(a) + toDouble(b));
}

export function subtract(a: PyNumber, b: PyNumber): PyNumber {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference) && Number.isSafeInteger(a) && Number.isSafeInteger(b)) return difference;
  }
  return isInt(a) && isInt(b) ? normalInt(BigInt(a) - BigInt(b)) : toFloat(toDouble(a) - toDouble(b));
}

export function multiply(a: PyNumber, b: PyNumber): PyNumber {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // `+ 0` because -1 * 0 is a negative zero here.
    if (Number.isSafeInteger(product) && Number.isSafeInteger(a) && Number.isSafeInteger(b)) return product + 0;
  }
  if (!isInt(a) || !isInt(b)) return toFloat(toDouble(a) * toDouble(b));
  checkBits(bitLength(a) + bitLength(b));
  return normalInt(BigInt(a) * BigInt(b));
}

/** Python's `/`: always a float. @throws {PyError} ZeroDivisionError */
export function trueDivide(a: PyNumber, b: PyNumber): PyNumber {
  checkDivisor(b, isInt(a) && isInt(b) ? 'division by zero' : 'float division by zero');
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    if (isInt(a) && isInt(b)) return toFloat(divideInts(BigInt(a), BigInt(b)));
  }
  return toFloat(toDouble(a) / toDouble(b));
}

/** Python's `//`: towards minus infinity, an int for ints. @throws {PyError} ZeroDivisionError */
export function floorDivide(a: PyNumber, b: PyNumber): PyNumber {
  const ints = isInt(a) && isInt(b);
  checkDivisor(b, ints ? 'integer division or modulo by zero' : 'float floor division by zero');
  if (typeof a === 'number' && typeof b === 'number' && ints) return floorInts(a, b);
  if (ints) return normalInt((BigInt(a) - BigInt(modulo(a, b) as number | bigint)) / BigInt(b));
  return toFloat(floorDoubles(toDouble(a), toDouble(b)));
}

/** Python's `%`: the sign of the divisor. @throws {PyError} ZeroDivisionError */
export function modulo(a: PyNumber, b: PyNumber): PyNumber {
  const ints = isInt(a) && isInt(b);
  checkDivisor(b, ints ? 'integer modulo by zero' : 'float modulo');
  if (!ints) return toFloat(moduloDoubles(toDouble(a), toDouble(b)));
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
  }
  const divisor = BigInt(b);
  const rest = BigInt(a) % divisor;
  return normalInt(rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest);
}

export function negate(a: PyNumber): PyNumber {
  if (typeof a === 'bigint') return normalInt(-a);
  return isInt(a) ? 0 - a : toFloat(-toDouble(a));
}

export function absolute(a: PyNumber): PyNumber {
  if (typeof a === 'bigint') return a < 0n ? -a : a;
  return isInt(a) ? Math.abs(a) : toFloat(Math.abs(toDouble(a)));
}

const MAX_BITS = 4_000_000;

/** Refuses ints so long that arithmetic on them would take seconds. @throws {PyError} OverflowError */
export function checkBits(bits: number): void {
  if (bits > MAX_BITS) throw new PyError('OverflowError', 'int too large');
}

/** Steps that an operation on long ints should cost: one for each 16 bits, none for ordinary numbers. */
export function intCost(a: unknown, b: unknown = 0): number {
  return longIntCost(a) + longIntCost(b);
}

const LONG_INT = 2n ** 256n;

function longIntCost(value: unknown): number {
  if (typeof value !== 'bigint' || (value < LONG_INT && value > -LONG_INT)) return 0;
  return bitLength(value) >> 4;
}

/** Bits of the absolute value, a few too many at most. */
export function bitLength(value: number | bigint): number {
  return typeof value === 'number' ? 53 : value.toString(16).length * 4;
}

function checkDivisor(value: PyNumber, message: string): void {
  if (value === 0 || value === 0n || (value instanceof PyFloat && value.value === 0)) {
    throw new PyError('ZeroDivisionError', message);
  }
}

function floorInts(a: number, b: number): number {
  const rest = a % b;
  const quotient = (a - rest) / b;
  return (rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient) + 0;
}

function moduloDoubles(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 || Object.is(b, -0) ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function floorDoubles(a: number, b: number): number {
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && rest < 0 !== b < 0) quotient -= 1;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** The quotient of two ints to the nearest double, also where neither fits one. */
function divideInts(a: bigint, b: bigint): number {
  const negative = a < 0n !== b < 0n;
  const top = a < 0n ? -a : a;
  const bottom = b < 0n ? -b : b;
  const shift = BigInt(bitLength(bottom) - bitLength(top) + 70);
  const scaled = shift >= 0n ? (top << shift) / bottom : top / (bottom << -shift);
  const exact = shift >= 0n ? scaled * bottom === top << shift : scaled * (bottom << -shift) === top;
  // The lowest bit is sticky, so that the conversion rounds as if it saw all bits.
  const size = Number(exact ? scaled : scaled | 1n);
  const quotient = scaleByPowerOfTwo(size, -Number(shift));
  if (!Number.isFinite(quotient)) throw new PyError('OverflowError', 'integer division result too large for a float');
  return negative ? -quotient : quotient;
}

function scaleByPowerOfTwo(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}
