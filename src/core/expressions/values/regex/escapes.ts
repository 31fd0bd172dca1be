import { isHex, isOctal, type PatternSource } from './pattern-source.js';
import { RegexError } from './regex-error.js';

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['\\', 92],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * The code point of an escape that stands for one character and is no reference to a group: `\n`, `\x41`, `\.`.
 * @param letter  what follows the backslash, already read; @param start  position of the backslash
 * @throws {RegexError}
 */
export function readCharEscape(source: PatternSource, letter: string, start: number): number {
  const control = CONTROLS.get(letter);
  if (control !== undefined) return control;
  const hexDigits = HEX_DIGITS.get(letter);
  if (hexDigits !== undefined) return readHex(source, letter, hexDigits, start);
  if (letter === '0') return parseInt(`0${source.takeWhile(isOctal, 2)}`, 8);
  if (/^[0-9A-Za-z]$/.test(letter)) throw new RegexError(`bad escape \\${letter}`, start);
  return letter.codePointAt(0) ?? 0;
}

/** Three octal digits after a backslash, e.g. `\101`, of which the first is already read; `undefined` if they are not. */
export function readOctal(source: PatternSource, first: string, start: number): number | undefined {
  const [second = '', third = ''] = [source.peek(), source.peek(1)];
  if (!isOctal(first) || !isOctal(second) || !isOctal(third)) return undefined;
  const code = parseInt(first + second + third, 8);
  if (code > 0o377)
    throw new RegexError(`octal escape value \\${first}${second}${third} outside of range 0-0o377`, start);
  source.position += 2;
  return code;
}

function readHex(source: PatternSource, letter: string, digits: number, start: number): number {
  const hex = source.takeWhile(isHex, digits);
  const code = parseInt(hex, 16);
  if (hex.length !== digits) throw new RegexError(`incomplete escape \\${letter}${hex}`, start);
  if (code > 0x10ffff) throw new RegexError(`bad escape \\${letter}${hex}`, start);
  return code;
}
