import { toFloat } from '../../shared/index.js';
import { PyError } from '../errors.js';
import { normalInt } from './numbers.js';
import { stripText } from './text/text.js';
import { reprText } from './py-repr.js';
import type { PyNumber } from './types.js';

const MAX_DIGITS = 4_300;
const DECIMAL_DIGIT = /\p{Nd}/gu;

const FLOAT = /^[-+]?(?:(?:\d+(?:_\d+)*)(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][-+]?\d+(?:_\d+)*)?$/;
const SPECIAL_FLOAT = /^([-+]?)(?:inf(?:inity)?|(nan))$/i;

/**
 * Python's `int(text, base)`: sign, surrounding white space, `_` between digits, digits of any script, and the base's
 * prefix; base 0 takes the base from the prefix.
 * @throws {PyError} ValueError
 */
export function parseInt(text: string, base = 10): number | bigint {
  const parts = /^([-+]?)(?:0([xob])_?)?([0-9a-z]+(?:_[0-9a-z]+)*)$/i.exec(plainDigits(text));
  const fail = (): never => {
    throw new PyError('ValueError', `invalid literal for int() with base ${base}: ${reprText(text)}`);
  };
  if (!parts) return fail();
  const [, sign = '', prefix = '', digits = ''] = parts;
  const read = readDigits(prefix.toLowerCase(), digits.replaceAll('_', '').toLowerCase(), base);
  if (read === undefined) return fail();
  return normalInt(sign === '-' ? -read : read);
}

/**
 * Python's `float(text)`: `1e3`, ` .5 `, `1_000`, `inf`, `nan`, digits of any script.
 * @throws {PyError} ValueError
 */
export function parseFloat(text: string): PyNumber {
  const plain = plainDigits(text);
  if (FLOAT.test(plain)) return toFloat(Number(plain.replaceAll('_', '')));
  const special = SPECIAL_FLOAT.exec(plain);
  if (!special) throw new PyError('ValueError', `could not convert string to float: ${reprText(text)}`);
  if (special[2] !== undefined) return NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}

/** The value of a decimal digit of any script, e.g. 3 for `٣`; -1 for anything else. */
export function digitValue(character: string): number {
  if (!/^\p{Nd}$/u.test(character)) return -1;
  // Digits of a script stand together, from zero up.
  let before = (character.codePointAt(0) ?? 0) - 1;
  let count = 0;
  for (; /^\p{Nd}$/u.test(String.fromCodePoint(before)); before--) count++;
  return count % 10;
}

function plainDigits(text: string): string {
  const trimmed = stripText(text, null);
  // Anything else can't become a number, however its digits are written.
  return /[^\u0000-\u007f]/.test(trimmed) && /^[-+.\w\p{Nd}]*$/u.test(trimmed)
    ? trimmed.replace(DECIMAL_DIGIT, (digit) => String(digitValue(digit)))
    : trimmed;
}

const PREFIX_BASES = new Map([
  ['x', 16],
  ['o', 8],
  ['b', 2],
]);

function readDigits(prefix: string, digits: string, base: number): bigint | undefined {
  const prefixBase = PREFIX_BASES.get(prefix);
  if (base === 0) {
    if (prefixBase === undefined && /^0+[1-9]/.test(digits)) return undefined;
    return digitsInBase(digits, prefixBase ?? 10);
  }
  if (base < 2 || base > 36) throw new PyError('ValueError', 'int() base must be >= 2 and <= 36, or 0');
  if (prefixBase === undefined || prefixBase === base) return digitsInBase(digits, base);
  // In base 16, `0b1` is a number whose second digit is b.
  return prefix === '' ? undefined : digitsInBase(`0${prefix}${digits}`, base);
}

function digitsInBase(digits: string, base: number): bigint | undefined {
  for (const digit of digits) {
    const code = digit.charCodeAt(0);
    if ((code <= 57 ? code - 48 : code - 87) >= base) return undefined;
  }
  if ((base & (base - 1)) !== 0 && digits.length > MAX_DIGITS) {
    throw new PyError('ValueError', `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion`);
  }
  if (base === 10) return BigInt(digits);
  let value = 0n;
  for (const digit of digits)
    value = value * BigInt(base) + BigInt(digit.charCodeAt(0) <= 57 ? digit : digit.charCodeAt(0) - 87);
  return value;
}
