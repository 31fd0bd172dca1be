import { isBreak } from './characters.js';
import type { Cursor } from './cursor.js';
import { pythonStringRepr } from '../python-repr.js';
import type { Token } from './tokens.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1B',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  '/': '/',
  N: '\x85',
  _: '\xA0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const ORDINARY = /[^'"\\\0 \t\r\n\x85\u2028\u2029]+/y;
const BLANKS = /[ \t]*/y;
const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKSLASH = 92;

/** Reads a quoted scalar; its lines are folded and, in double quotes, its escapes resolved. */
export function scanQuoted(cursor: Cursor): Token {
  const start = cursor.position;
  const quote = cursor.code();
  const isDouble = quote === DOUBLE_QUOTE;
  cursor.skip();
  let value = scanText(cursor, isDouble, start);
  while (cursor.code() !== quote) {
    value += scanSpaces(cursor, start);
    value += scanText(cursor, isDouble, start);
  }
  cursor.skip();
  return { kind: 'scalar', style: isDouble ? '"' : "'", value, start, end: cursor.position };
}

function scanText(cursor: Cursor, isDouble: boolean, start: number): string {
  let value = '';
  for (;;) {
    value += cursor.takeMatch(ORDINARY);
    const code = cursor.code();
    if (!isDouble && code === SINGLE_QUOTE && cursor.code(1) === SINGLE_QUOTE) {
      value += "'";
      cursor.skip(2);
    } else if (isDouble ? code === SINGLE_QUOTE : code === DOUBLE_QUOTE || code === BACKSLASH) {
      value += cursor.take(1);
    } else if (isDouble && code === BACKSLASH) {
      value += scanEscape(cursor, start);
    } else {
      return value;
    }
  }
}

function scanEscape(cursor: Cursor, start: number): string {
  const context = 'while scanning a double-quoted scalar';
  cursor.skip();
  const character = cursor.character();
  const replacement = ESCAPES[character];
  if (replacement !== undefined) {
    cursor.skip();
    return replacement;
  }
  const length = HEX_LENGTHS[character];
  if (length !== undefined) return scanHexEscape(cursor, length, context, start);
  if (!isBreak(cursor.code())) {
    throw cursor.error(`found unknown escape character ${pythonStringRepr(character)}`, context, start);
  }
  cursor.takeBreak();
  return scanBreaks(cursor, start);
}

function scanHexEscape(cursor: Cursor, length: number, context: string, start: number): string {
  cursor.skip();
  for (let k = 0; k < length; k += 1) {
    const digit = cursor.character(k);
    if (/^[0-9A-Fa-f]$/.test(digit)) continue;
    const found = pythonStringRepr(digit);
    throw cursor.error(`expected escape sequence of ${length} hexadecimal numbers, but found ${found}`, context, start);
  }
  const code = Number.parseInt(cursor.take(length), 16);
  if (code > 0x10ffff) throw cursor.error('chr() arg not in range(0x110000)', context, start);
  return String.fromCodePoint(code);
}

function scanSpaces(cursor: Cursor, start: number): string {
  const blanks = cursor.takeMatch(BLANKS);
  if (cursor.code() === 0)
    throw cursor.error('found unexpected end of stream', 'while scanning a quoted scalar', start);
  if (!isBreak(cursor.code())) return blanks;
  const first = cursor.takeBreak();
  const breaks = scanBreaks(cursor, start);
  const lead = first !== '\n' ? first : breaks === '' ? ' ' : '';
  return lead + breaks;
}

function scanBreaks(cursor: Cursor, start: number): string {
  let breaks = '';
  for (;;) {
    if (cursor.atDocumentMarker()) {
      throw cursor.error('found unexpected document separator', 'while scanning a quoted scalar', start);
    }
    cursor.takeMatch(BLANKS);
    if (!isBreak(cursor.code())) return breaks;
    breaks += cursor.takeBreak();
  }
}
