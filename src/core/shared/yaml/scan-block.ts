import { isBreak, isBreakOrEnd } from './characters.js';
import type { Cursor } from './cursor.js';
import { pythonStringRepr } from '../python-repr.js';
import type { Token } from './tokens.js';

const CONTEXT = 'while scanning a block scalar';
const REST_OF_LINE = /[^\0\r\n\x85\u2028\u2029]*/y;

interface Header {
  /** `undefined` keeps one line break at the end, true all, false none. */
  readonly keep: boolean | undefined;
  readonly increment: number | undefined;
}

/** Reads a literal (`|`) or folded (`>`) scalar of a block indented by `blockIndent` (-1 at the top). */
export function scanBlock(cursor: Cursor, blockIndent: number): Token {
  const start = cursor.position;
  const isFolded = cursor.take(1) === '>';
  const header = scanHeader(cursor, start);
  skipRestOfHeader(cursor, start);
  const smallest = Math.max(blockIndent + 1, 1);
  const lead = header.increment === undefined ? scanIndentation(cursor) : undefined;
  const indent = lead === undefined ? smallest + (header.increment ?? 1) - 1 : Math.max(smallest, lead.widest);
  const breaks = lead === undefined ? scanBreaks(cursor, indent) : lead.breaks;
  const value = scanLines(cursor, { indent, isFolded, keep: header.keep, breaks });
  return { kind: 'scalar', style: isFolded ? '>' : '|', value, start, end: cursor.position };
}

interface Body {
  readonly indent: number;
  readonly isFolded: boolean;
  readonly keep: boolean | undefined;
  readonly breaks: string;
}

function scanLines(cursor: Cursor, body: Body): string {
  let value = '';
  let breaks = body.breaks;
  let lineBreak = '';
  while (cursor.column === body.indent && cursor.code() !== 0) {
    const startsWithText = !isBlank(cursor.code());
    value += breaks + cursor.takeMatch(REST_OF_LINE);
    lineBreak = cursor.takeBreak();
    breaks = scanBreaks(cursor, body.indent);
    if (cursor.column !== body.indent || cursor.code() === 0) break;
    const folds = body.isFolded && lineBreak === '\n' && startsWithText && !isBlank(cursor.code());
    if (!folds) value += lineBreak;
    else if (breaks === '') value += ' ';
  }
  if (body.keep !== false) value += lineBreak;
  return body.keep === true ? value + breaks : value;
}

function scanHeader(cursor: Cursor, start: number): Header {
  let keep = scanChomping(cursor);
  const increment = scanIncrement(cursor, start);
  if (keep === undefined && increment !== undefined) keep = scanChomping(cursor);
  const code = cursor.code();
  if (code !== 32 && !isBreakOrEnd(code)) {
    const found = pythonStringRepr(cursor.character());
    throw cursor.error(`expected chomping or indentation indicators, but found ${found}`, CONTEXT, start);
  }
  return { keep, increment };
}

function scanChomping(cursor: Cursor): boolean | undefined {
  const character = cursor.character();
  if (character !== '+' && character !== '-') return undefined;
  cursor.skip();
  return character === '+';
}

function scanIncrement(cursor: Cursor, start: number): number | undefined {
  const character = cursor.character();
  if (!/^[0-9]$/.test(character)) return undefined;
  if (character === '0') {
    throw cursor.error('expected indentation indicator in the range 1-9, but found 0', CONTEXT, start);
  }
  cursor.skip();
  return Number(character);
}

function skipRestOfHeader(cursor: Cursor, start: number): void {
  cursor.skipSpaces();
  if (cursor.character() === '#') cursor.takeMatch(REST_OF_LINE);
  if (!isBreakOrEnd(cursor.code())) {
    const found = pythonStringRepr(cursor.character());
    throw cursor.error(`expected a comment or a line break, but found ${found}`, CONTEXT, start);
  }
  cursor.takeBreak();
}

function scanIndentation(cursor: Cursor): { readonly breaks: string; readonly widest: number } {
  let breaks = '';
  let widest = 0;
  for (;;) {
    if (cursor.code() === 32) {
      cursor.skip();
      widest = Math.max(widest, cursor.column);
    } else if (isBreak(cursor.code())) breaks += cursor.takeBreak();
    else return { breaks, widest };
  }
}

function scanBreaks(cursor: Cursor, indent: number): string {
  let breaks = '';
  for (;;) {
    while (cursor.column < indent && cursor.code() === 32) cursor.skip();
    if (!isBreak(cursor.code())) return breaks;
    breaks += cursor.takeBreak();
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
