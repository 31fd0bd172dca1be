const QUOTE = 34;
const BACKSLASH = 92;
const ZERO = 48;
const NINE = 57;
/** From here on an integer may not fit a double. */
const LONG_NUMBER = 16;

/**
 * Whether the engine's own `JSON.parse` could lose something of a text: a float that is whole, a long integer, a negative
 * zero, keys of digits (which would move), `__proto__`, escapes that may hide either, or deep nesting. Never wrong when it
 * says no; text that is no JSON may get either answer.
 */
export function needsCareToParse(text: string, maxDepth: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (end < 0 || isRiskyString(text, at, end)) return true;
      at = end;
    } else if (code >= ZERO && code <= NINE) {
      const end = plainNumberEnd(text, at);
      if (end < 0) return true;
      at = end - 1;
    } else if (code === 123 || code === 91) {
      if (++depth > maxDepth) return true;
    } else if (code === 125 || code === 93) depth--;
  }
  return false;
}

/** The closing quote of a string, -1 when there is none. */
function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

/** A key of digits or `__proto__`, perhaps written with escapes. */
function isRiskyString(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start + 1);
  if (first !== BACKSLASH && first !== 95 && !(first >= ZERO && first <= NINE)) return false;
  let after = end + 1;
  while (text.charCodeAt(after) <= 32) after++;
  if (text.charCodeAt(after) !== 58) return false;
  if (first === BACKSLASH) return true;
  const key = text.slice(start + 1, end);
  return key.includes('\\') || key === '__proto__' || /^\d+$/.test(key);
}

/** The end of a number that a double holds as it is, or -1. */
function plainNumberEnd(text: string, start: number): number {
  let end = digitsEnd(text, start);
  if (end - start >= LONG_NUMBER) return -1;
  const isFraction = text.charCodeAt(end) === 46;
  if (isFraction) {
    const point = end;
    end = digitsEnd(text, point + 1);
    let last = end;
    while (text.charCodeAt(last - 1) === ZERO) last--;
    if (last === point + 1) return -1;
  } else if (end === start + 1 && text.charCodeAt(start) === ZERO && text.charCodeAt(start - 1) === 45) return -1;
  return (text.charCodeAt(end) | 32) === 101 ? -1 : end;
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); code >= ZERO && code <= NINE; code = text.charCodeAt(end)) end++;
  return end;
}
