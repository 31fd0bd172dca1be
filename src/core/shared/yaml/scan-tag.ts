import { isBlankOrEnd, isBreakOrEnd, isWordCharacter } from './characters.js';
import type { Cursor } from './cursor.js';
import { pythonStringRepr } from '../python-repr.js';
import type { Token } from './tokens.js';

type Place = 'tag' | 'directive';

const REST_OF_LINE = /[^\0\r\n\x85\u2028\u2029]*/y;
const URI = /[0-9A-Za-z\-;/?:@&=+$,_.!~*'()[\]]+/y;
const WORD = /[0-9A-Za-z_-]*/y;
const DIGITS = /[0-9]*/y;

/** Reads `!name`, `!handle!name`, `!<uri>` or a lone `!`. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.position;
  let handle: string | undefined;
  let value = '!';
  if (cursor.character(1) === '<') {
    cursor.skip(2);
    value = scanUri(cursor, 'tag', start);
    if (cursor.character() !== '>')
      throw cursor.error(`expected '>', but found ${found(cursor)}`, 'while parsing a tag', start);
    cursor.skip();
  } else if (isBlankOrEnd(cursor.code(1))) {
    cursor.skip();
  } else {
    handle = scanShorthandHandle(cursor, start);
    value = scanUri(cursor, 'tag', start);
  }
  if (!atSpaceOrEnd(cursor))
    throw cursor.error(`expected ' ', but found ${found(cursor)}`, 'while scanning a tag', start);
  return { kind: 'tag', handle, value, start, end: cursor.position };
}

/** Reads a `%YAML`, `%TAG` or unknown directive with its line. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.position;
  cursor.skip();
  const value = scanDirectiveName(cursor, start);
  let handle: string | undefined;
  let prefix: string | undefined;
  if (value === 'YAML') {
    prefix = scanVersion(cursor, start);
  } else if (value === 'TAG') {
    cursor.skipSpaces();
    handle = scanHandle(cursor, 'directive', start);
    expectSpace(cursor, start, cursor.code() === 32);
    cursor.skipSpaces();
    prefix = scanUri(cursor, 'directive', start);
    expectSpace(cursor, start, atSpaceOrEnd(cursor));
  } else {
    cursor.takeMatch(REST_OF_LINE);
  }
  const end = cursor.position;
  skipRestOfLine(cursor, start);
  return { kind: 'directive', value, handle, prefix, start, end };
}

function scanDirectiveName(cursor: Cursor, start: number): string {
  const name = cursor.takeMatch(WORD);
  if (name !== '' && atSpaceOrEnd(cursor)) return name;
  const problem = `expected alphabetic or numeric character, but found ${found(cursor)}`;
  throw cursor.error(problem, 'while scanning a directive', start);
}

function scanVersion(cursor: Cursor, start: number): string {
  cursor.skipSpaces();
  const major = scanNumber(cursor, start);
  if (cursor.character() !== '.') throw directiveError(cursor, start, "expected a digit or '.'");
  cursor.skip();
  scanNumber(cursor, start);
  if (!atSpaceOrEnd(cursor)) throw directiveError(cursor, start, "expected a digit or ' '");
  return major;
}

function scanNumber(cursor: Cursor, start: number): string {
  const digits = cursor.takeMatch(DIGITS);
  if (digits === '') throw directiveError(cursor, start, 'expected a digit');
  return digits;
}

function skipRestOfLine(cursor: Cursor, start: number): void {
  cursor.skipSpaces();
  if (cursor.character() === '#') cursor.takeMatch(REST_OF_LINE);
  if (!isBreakOrEnd(cursor.code())) throw directiveError(cursor, start, 'expected a comment or a line break');
  cursor.takeBreak();
}

/** `!` unless a second `!` follows before the next blank, as in `!e!name`. */
function scanShorthandHandle(cursor: Cursor, start: number): string {
  for (let length = 1; !atSpaceOrEnd(cursor, length); length += 1) {
    if (cursor.character(length) === '!') return scanHandle(cursor, 'tag', start);
  }
  return cursor.take(1);
}

function scanHandle(cursor: Cursor, place: Place, start: number): string {
  const context = `while scanning a ${place}`;
  if (cursor.character() !== '!') throw cursor.error(`expected '!', but found ${found(cursor)}`, context, start);
  let length = 1;
  if (cursor.character(1) === ' ') return cursor.take(1);
  while (isWordCharacter(cursor.character(length))) length += 1;
  if (cursor.character(length) !== '!') {
    cursor.skip(length);
    throw cursor.error(`expected '!', but found ${found(cursor)}`, context, start);
  }
  return cursor.take(length + 1);
}

function scanUri(cursor: Cursor, place: Place, start: number): string {
  let uri = '';
  for (;;) {
    uri += cursor.takeMatch(URI);
    if (cursor.character() !== '%') break;
    uri += scanUriEscapes(cursor, place, start);
  }
  if (uri === '') throw cursor.error(`expected URI, but found ${found(cursor)}`, `while parsing a ${place}`, start);
  return uri;
}

function scanUriEscapes(cursor: Cursor, place: Place, start: number): string {
  const context = `while scanning a ${place}`;
  const from = cursor.position;
  let escapes = '';
  while (cursor.character() === '%') {
    for (let k = 1; k <= 2; k += 1) {
      if (/^[0-9A-Fa-f]$/.test(cursor.character(k))) continue;
      const got = pythonStringRepr(cursor.character(k));
      throw cursor.error(
        `expected URI escape sequence of 2 hexadecimal numbers, but found ${got}`,
        context,
        start,
        cursor.position + 1,
      );
    }
    escapes += cursor.take(3);
  }
  try {
    return decodeURIComponent(escapes);
  } catch {
    throw cursor.error(`${escapes} is no UTF-8 text`, context, start, from);
  }
}

function expectSpace(cursor: Cursor, start: number, isThere: boolean): void {
  if (!isThere) throw directiveError(cursor, start, "expected ' '");
}

function directiveError(cursor: Cursor, start: number, expected: string): Error {
  return cursor.error(`${expected}, but found ${found(cursor)}`, 'while scanning a directive', start);
}

function found(cursor: Cursor): string {
  return pythonStringRepr(cursor.character());
}

function atSpaceOrEnd(cursor: Cursor, ahead = 0): boolean {
  const code = cursor.code(ahead);
  return code === 32 || isBreakOrEnd(code);
}
