/** Inside of a regular expression class: what Python's `str.isspace` accepts, which is not quite JavaScript's `\s`. */
export const PY_SPACE =
  '\\t-\\r\\u001c-\\u001f \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const SPACE = new RegExp(`^[${PY_SPACE}]$`);
const WORD = /^[\p{L}\p{N}_]$/u;
const DIGIT = /^\p{Nd}$/u;

/** White space of Python. @param code  a code point */
export function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return SPACE.test(String.fromCodePoint(code));
}

/** A letter, a number or `_`; combining marks are not among them. @param code  a code point */
export function isWord(code: number): boolean {
  return code < 128 ? isAsciiWord(code) : WORD.test(String.fromCodePoint(code));
}

/** A decimal digit of any script. @param code  a code point */
export function isDigit(code: number): boolean {
  return code < 128 ? isAsciiDigit(code) : DIGIT.test(String.fromCodePoint(code));
}

export function isAsciiWord(code: number): boolean {
  return isAsciiLetter(code) || isAsciiDigit(code) || code === 95;
}

export function isAsciiLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122 && code < 128;
}

export function isAsciiDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** White space of ASCII alone. @param code  a code point */
export function isAsciiSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

const SURROGATE = /[\ud800-\udfff]/;

/** Whether every UTF-16 unit of the text is a code point of its own, so that indices agree. */
export function isFlat(text: string): boolean {
  return !SURROGATE.test(text);
}

/** The code points of a text; lone surrogates count as one each. */
export function codePoints(text: string): Int32Array {
  const codes = new Int32Array(text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0;
    if (code > 0xffff) i++;
    codes[count++] = code;
  }
  return codes.subarray(0, count);
}
