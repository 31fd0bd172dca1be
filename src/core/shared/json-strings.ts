const QUOTE = 34;
const BACKSLASH = 92;
const ESCAPES = new Set(['"', '\\', '/', 'b', 'f', 'n', 'r', 't'].map((letter) => letter.charCodeAt(0)));
const HEX = /[0-9a-fA-F]{4}/y;
const PLAIN_ASCII = /^[ !#-[\]-~]*$/;
/** From here on it pays to look first whether a text holds anything special. */
const LONG = 32;
const UNITS = Array.from({ length: 256 }, (_, unit) => unit.toString(16).padStart(2, '0'));
const SHORT = new Map(
  ['"', '\\', '\b', '\f', '\n', '\r', '\t'].map((sign) => [sign.charCodeAt(0), JSON.stringify(sign).slice(1, -1)]),
);

/** Where a string ends in JSON text, or what is wrong with it and where. */
export interface StringEnd {
  readonly end: number;
  readonly isEscaped: boolean;
  readonly problem?: string;
}

/** @param start  of its opening quote */
export function stringEndOf(text: string, start: number): StringEnd {
  let isEscaped = false;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return { end: at, isEscaped };
    if (code < 32) return { end: at, isEscaped, problem: 'Invalid control character at' };
    if (code !== BACKSLASH) continue;
    const length = escapeLength(text, at);
    if (length === 0) return { end: at, isEscaped, problem: 'Invalid \\escape' };
    isEscaped = true;
    at += length - 1;
  }
  return { end: start, isEscaped, problem: 'Unterminated string starting at' };
}

function escapeLength(text: string, at: number): number {
  const code = text.charCodeAt(at + 1);
  if (ESCAPES.has(code)) return 2;
  HEX.lastIndex = at + 2;
  return code === 117 && HEX.test(text) ? 6 : 0;
}

/** A JSON string literal; with `ascii`, everything beyond is `\uXXXX`. */
export function quoteJson(text: string, ascii: boolean): string {
  if (text.length > LONG && PLAIN_ASCII.test(text)) return `"${text}"`;
  let from = 0;
  let quoted = '"';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 32 && code < 128 && code !== QUOTE && code !== BACKSLASH) continue;
    if (!ascii) return JSON.stringify(text);
    quoted += text.slice(from, at) + escapeOf(code);
    from = at + 1;
  }
  return `${quoted}${from === 0 ? text : text.slice(from)}"`;
}

function escapeOf(unit: number): string {
  return SHORT.get(unit) ?? `\\u${UNITS[unit >> 8] ?? ''}${UNITS[unit & 255] ?? ''}`;
}
