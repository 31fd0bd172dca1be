import { YaqlSyntaxError } from './errors.js';
import { characterNamed } from './character-names.js';

const ESCAPE = /\\U.{8}|\\u.{4}|\\x.{2}|\\[0-7]{1,3}|\\N\{[^}]+\}|\\[\\'"abfnrtv]/gu;

const SINGLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The text of a quoted literal with its escapes resolved; pairs that are no escape stay as they are.
 * @throws {YaqlSyntaxError} for a malformed hexadecimal escape or an unknown character name
 */
export function resolveEscapes(raw: string): string {
  return raw.includes('\\') ? raw.replace(ESCAPE, resolveEscape) : raw;
}

function resolveEscape(escape: string): string {
  const kind = escape.charAt(1);
  const single = SINGLE[kind];
  if (single !== undefined) return single;
  switch (kind) {
    case 'x':
    case 'u':
    case 'U':
      return fromHex(escape);
    case 'N':
      return fromName(escape);
    default:
      return String.fromCodePoint(Number.parseInt(escape.slice(1), 8));
  }
}

function fromHex(escape: string): string {
  const digits = escape.slice(2);
  const code = /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
  if (Number.isNaN(code))
    throw decodeError(escape, `truncated \\${escape.charAt(1)}${'X'.repeat(digits.length)} escape`);
  if (code > 0x10ffff) throw decodeError(escape, 'illegal Unicode character');
  return String.fromCodePoint(code);
}

function fromName(escape: string): string {
  const character = characterNamed(escape.slice(3, -1));
  if (character === undefined) throw decodeError(escape, 'unknown Unicode character name');
  return character;
}

function decodeError(escape: string, reason: string): YaqlSyntaxError {
  const message = `'unicodeescape' codec can't decode bytes in position 0-${escape.length - 1}: ${reason}`;
  return new YaqlSyntaxError(message, null);
}
