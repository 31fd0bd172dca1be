import { toFloat } from '../../shared/index.js';
import type { Budget } from './budget.js';
import { PyError } from '../errors.js';
import { bitLength, checkBits, intCost, normalInt, toDouble } from './numbers.js';
import { precisePower } from './precise-power.js';
import { isInt } from './type-name.js';
import type { PyNumber } from './types.js';

/**
 * Python's `**`: an int for ints unless the exponent is negative.
 * @throws {PyError} for zero to a negative power, for results that are complex or too large
 */
export function power(base: PyNumber, exponent: PyNumber): PyNumber {
  if (isInt(base) && isInt(exponent) && exponent >= 0) return intPower(base, exponent);
  const left = toDouble(base);
  const right = toDouble(exponent);
  if (left === 0 && right < 0 && Number.isFinite(right))
    throw new PyError('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  if (left < 0 && Number.isFinite(left) && Number.isFinite(right) && !Number.isInteger(right)) {
    throw new PyError('TypeError', 'the result is a complex number');
  }
  return toFloat(doublePower(left, right));
}

/**
 * `pow(base, exponent, modulus)` for ints; a negative exponent means the inverse.
 * @throws {PyError} ValueError for a zero modulus and where there is no inverse
 */
export function modularPower(
  base: number | bigint,
  exponent: number | bigint,
  modulus: number | bigint,
  budget: Budget,
): PyNumber {
  const divisor = BigInt(modulus);
  if (divisor === 0n) throw new PyError('ValueError', 'pow() 3rd argument cannot be 0');
  budget.step(intCost(base, exponent) + intCost(modulus));
  let left = floorModulo(BigInt(base), divisor);
  let right = BigInt(exponent);
  if (right < 0n) {
    left = inverse(left, divisor);
    right = -right;
  }
  const words = bitLength(modulus) / 64;
  budget.step(bitLength(exponent) * (1 + (words * words) / 32));
  let result = 1n;
  for (; right > 0n; right >>= 1n) {
    if (right & 1n) result = floorModulo(result * left, divisor);
    left = floorModulo(left * left, divisor);
  }
  return normalInt(floorModulo(result, divisor));
}

function intPower(base: number | bigint, exponent: number | bigint): number | bigint {
  if (exponent === 0 || base === 1) return 1;
  if (base === 0) return 0;
  if (base === -1) return BigInt(exponent) % 2n === 0n ? 1 : -1;
  const bits = typeof base === 'number' ? Math.log2(Math.abs(base)) : bitLength(base);
  checkBits(bits * Number(exponent));
  return normalInt(BigInt(base) ** BigInt(exponent));
}

function doublePower(base: number, exponent: number): number {
  // JavaScript answers NaN for 1 to an infinite or unknown power.
  if (base === 1 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return 1;
  const result = base ** exponent;
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new PyError('OverflowError', "(34, 'Numerical result out of range')");
  }
  const isOrdinary = result !== 0 && Number.isFinite(result) && base !== 0 && exponent !== 0 && Number.isFinite(base);
  if (!isOrdinary) return result;
  const size = precisePower(Math.abs(base), exponent);
  return result < 0 ? -size : size;
}

function floorModulo(value: bigint, divisor: bigint): bigint {
  const rest = value % divisor;
  return rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest;
}

function inverse(value: bigint, modulus: bigint): bigint {
  const size = modulus < 0n ? -modulus : modulus;
  let [low, high] = [floorModulo(value, size), size];
  let [x, y] = [1n, 0n];
  while (low !== 0n && high !== 0n && low !== 1n) {
    const quotient = high / low;
    [high, low] = [low, high - quotient * low];
    [y, x] = [x, y - quotient * x];
  }
  if (low !== 1n && size !== 1n) throw new PyError('ValueError', 'base is not invertible for the given modulus');
  return floorModulo(x, modulus);
}
