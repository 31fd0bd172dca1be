import { GrammarError } from '../../errors.js';

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
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
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const HEX_NAMES: Readonly<Record<string, string>> = { x: '\\xXX', u: '\\uXXXX', U: '\\UXXXXXXXX' };

/**
 * The text between the quotes of a string literal with its escapes resolved: `a\nb`, `\u0416`, `\101`.
 * @throws {GrammarError} for a truncated or unknown escape
 */
export function unescapeString(body: string): string {
  if (!body.includes('\\')) return body;
  let text = '';
  let position = 0;
  while (position < body.length) {
    const slash = body.indexOf('\\', position);
    if (slash < 0) return text + body.slice(position);
    text += body.slice(position, slash);
    const [piece, next] = unescapeOne(body, slash + 1);
    text += piece;
    position = next;
  }
  return text;
}

/** The replacement of the escape whose first character after the backslash is at `at`, and where the text goes on. */
function unescapeOne(body: string, at: number): readonly [string, number] {
  const char = String.fromCodePoint(body.codePointAt(at) ?? 0x5c);
  const simple = SIMPLE[char];
  if (simple !== undefined) return [simple, at + 1];
  if (char >= '0' && char <= '7') return unescapeOctal(body, at);
  const digits = HEX_DIGITS[char];
  if (digits !== undefined) return unescapeHex(body, at + 1, char, digits);
  if (char === 'N') throw new GrammarError('unknown Unicode character name');
  // A backslash before a non-ASCII character: Jinja escapes that character first, so what is left is its code in text.
  if (char > '\x7f') return [asciiEscape(char), at + char.length];
  return [`\\${char}`, at + char.length];
}

function unescapeOctal(body: string, at: number): readonly [string, number] {
  const digits = /^[0-7]{1,3}/.exec(body.slice(at, at + 3))?.[0] ?? '';
  return [String.fromCharCode(parseInt(digits, 8)), at + digits.length];
}

function unescapeHex(body: string, at: number, kind: string, digits: number): readonly [string, number] {
  const code = body.slice(at, at + digits);
  if (code.length < digits || !/^[\da-fA-F]+$/.test(code)) {
    throw new GrammarError(`truncated ${HEX_NAMES[kind] ?? kind} escape`);
  }
  const point = parseInt(code, 16);
  if (point > 0x10ffff) throw new GrammarError('illegal Unicode character');
  return [String.fromCodePoint(point), at + digits];
}

function asciiEscape(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
