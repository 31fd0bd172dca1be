import { PyError } from '../../errors.js';
import {
  absolute,
  compare,
  isInt,
  modularPower,
  normalInt,
  power,
  round,
  checkBits,
  bitLength,
  touch,
  type PyNumber,
  type Value,
} from '../../values/index.js';
import { isGreater } from '../operators/comparison.js';
import { declarer, nullable, optional, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { any, bits, count, number } from '../runtime/kinds.js';
import { yaqlTypeName } from '../values/type-name.js';

const declare = declarer('Math');

const twoBits = [required('left', bits), required('right', bits)] as const;
const shift = [required('value', bits), required('bitsNumber', bits)] as const;

export const MATH = [
  declare({
    names: 'abs',
    style: 'function',
    parameters: [required('op', number)],
    doc: 'The number without its sign.',
    example: ['abs(-5)', '5'],
    run: (_frame, value) => absolute(value),
  }),
  declare({
    names: 'sign',
    style: 'function',
    parameters: [required('num', number)],
    doc: '1, 0 or -1.',
    example: ['sign(-0.5)', '-1'],
    run: (_frame, value) => Math.sign(compare(value, 0)) || 0,
  }),
  declare({
    names: 'pow',
    style: 'function',
    parameters: [required('a', number), required('b', number), optional('c', number, null)],
    doc: '`a` to the power of `b`, modulo `c` when it is given.',
    example: ['pow(2, 10)', '1024'],
    run: (frame, base, exponent, modulus) => {
      const result = raise(frame, base, exponent, modulus);
      touch(result, frame.runtime.budget);
      return result;
    },
  }),
  declare({
    names: 'round',
    style: 'function',
    parameters: [required('number', number), optional('ndigits', count, 0)],
    doc: 'The number rounded to some digits after the point, halves to the even neighbour; a float stays a float.',
    example: ['round(2.675, 2)', '2.67'],
    run: (_frame, value, digits) => round(value, digits),
  }),
  declare({
    names: 'max',
    style: 'function',
    parameters: [nullable('a', any), nullable('b', any)],
    doc: 'The greater of two values.',
    example: ['max(1, 2)', '2'],
    run: (frame, a, b) => (isGreater(b, a, frame) ? b : a),
  }),
  declare({
    names: 'min',
    style: 'function',
    parameters: [nullable('a', any), nullable('b', any)],
    doc: 'The lesser of two values.',
    example: ['min(1, 2)', '1'],
    run: (frame, a, b) => (isGreater(b, a, frame) ? a : b),
  }),
  declare({
    names: 'random',
    style: 'function',
    parameters: [],
    doc: 'A random float from 0 up to, but without, 1.',
    example: ['random() < 1', 'true'],
    run: (frame) => frame.runtime.functions.random(),
  }),
  declare({
    names: 'random',
    style: 'function',
    parameters: [nullable('from', any), nullable('to', any)],
    doc: 'A random integer, both ends included.',
    example: ['random(5, 5)', '5'],
    run: (frame, from, to) => randomBetween(wholeNumber(from), wholeNumber(to), frame.runtime.functions.random),
  }),
  declare({
    names: 'bitwiseAnd',
    style: 'function',
    parameters: twoBits,
    doc: 'The bits set in both integers.',
    example: ['bitwiseAnd(12, 10)', '8'],
    run: (_frame, left, right) => bitwise(left, right, (a, b) => a & b),
  }),
  declare({
    names: 'bitwiseOr',
    style: 'function',
    parameters: twoBits,
    doc: 'The bits set in either integer.',
    example: ['bitwiseOr(12, 10)', '14'],
    run: (_frame, left, right) => bitwise(left, right, (a, b) => a | b),
  }),
  declare({
    names: 'bitwiseXor',
    style: 'function',
    parameters: twoBits,
    doc: 'The bits set in exactly one of the integers.',
    example: ['bitwiseXor(12, 10)', '6'],
    run: (_frame, left, right) => bitwise(left, right, (a, b) => a ^ b),
  }),
  declare({
    names: 'bitwiseNot',
    style: 'function',
    parameters: [required('arg', bits)],
    doc: 'All bits inverted.',
    example: ['bitwiseNot(0)', '-1'],
    run: (_frame, value) => normalInt(~BigInt(value)),
  }),
  declare({
    names: 'shiftBitsLeft',
    style: 'function',
    parameters: shift,
    doc: 'The bits moved to the left.',
    example: ['shiftBitsLeft(1, 10)', '1024'],
    run: (frame, value, by) => {
      checkShift(by);
      if (Number(value) === 0) return 0;
      checkBits(bitLength(Number(value) === 1 ? 1 : (value as number | bigint)) + Number(by));
      const result = BigInt(value) << BigInt(by);
      touch(result, frame.runtime.budget);
      return normalInt(result);
    },
  }),
  declare({
    names: 'shiftBitsRight',
    style: 'function',
    parameters: shift,
    doc: 'The bits moved to the right.',
    example: ['shiftBitsRight(1024, 3)', '128'],
    run: (_frame, value, by) => {
      checkShift(by);
      return normalInt(BigInt(value) >> BigInt(Math.min(Number(by), 1e9)));
    },
  }),
];

function raise(frame: Frame, base: PyNumber, exponent: PyNumber, modulus: PyNumber | null): Value {
  if (modulus === null) return power(base, exponent);
  if (isInt(base) && isInt(exponent) && isInt(modulus))
    return modularPower(base, exponent, modulus, frame.runtime.budget);
  throw new PyError('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
}

/** The bits of two booleans are a boolean again. */
function bitwise(
  left: number | bigint | boolean,
  right: number | bigint | boolean,
  combine: (a: bigint, b: bigint) => bigint,
): Value {
  const result = combine(BigInt(left), BigInt(right));
  return typeof left === 'boolean' && typeof right === 'boolean' ? result !== 0n : normalInt(result);
}

function checkShift(by: number | bigint | boolean): void {
  if (BigInt(by) < 0n) throw new PyError('ValueError', 'negative shift count');
}

function wholeNumber(value: Value): bigint {
  if (isInt(value) || typeof value === 'boolean') return BigInt(value);
  const whole = typeof value === 'object' && value !== null ? Number(value) : NaN;
  if (Number.isInteger(whole)) return BigInt(whole);
  throw new PyError('TypeError', `'${yaqlTypeName(value)}' object cannot be interpreted as an integer`);
}

function randomBetween(from: bigint, to: bigint, random: () => number): Value {
  const width = to - from + 1n;
  if (width <= 0n) {
    throw new PyError('ValueError', `empty range for randrange() (${from}, ${to + 1n}, ${width})`);
  }
  return normalInt(from + BigInt(Math.floor(random() * Number(width))));
}
