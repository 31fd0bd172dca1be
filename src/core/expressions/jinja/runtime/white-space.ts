/** What Python's `\s` matches and `str.strip` removes, for use inside brackets of a pattern. */
export const PYTHON_SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const LEADING = new RegExp(`^[${PYTHON_SPACE}]+`);
const TRAILING = new RegExp(`[${PYTHON_SPACE}]+$`);
const RUN = new RegExp(`[${PYTHON_SPACE}]+`, 'g');
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

export type Side = 'left' | 'right' | 'both';

/** Removes white space, or any of the given characters, from one or both ends. */
export function stripText(text: string, characters: string | null, side: Side): string {
  if (characters !== null) return stripCharacters(text, new Set(characters), side);
  const left = side === 'right' ? text : text.replace(LEADING, '');
  return side === 'left' ? left : trimEnd(left);
}

/** As a loop from the end, because the pattern alone would be quadratic. */
function trimEnd(text: string): string {
  const last = text.at(-1);
  return last === undefined || !TRAILING.test(last) ? text : text.slice(0, lastNonSpace(text) + 1);
}

function lastNonSpace(text: string): number {
  let at = text.length - 1;
  while (at >= 0 && TRAILING.test(text.charAt(at))) at--;
  return at;
}

function stripCharacters(text: string, characters: ReadonlySet<string>, side: Side): string {
  const chars = Array.from(text);
  let start = 0;
  let end = chars.length;
  if (side !== 'right') while (start < end && characters.has(chars[start] ?? '')) start++;
  if (side !== 'left') while (end > start && characters.has(chars[end - 1] ?? '')) end--;
  return chars.slice(start, end).join('');
}

/** The words between runs of white space, at most `limit` cuts from the left (negative: all). */
export function splitWords(text: string, limit: number): string[] {
  const body = stripText(text, null, 'left');
  const words: string[] = [];
  let start = 0;
  for (const match of body.matchAll(RUN)) {
    if (words.length === limit) break;
    words.push(body.slice(start, match.index));
    start = match.index + match[0].length;
  }
  if (start < body.length) words.push(body.slice(start));
  return words;
}

/** The lines of a text without their ends, or with them. */
export function splitLines(text: string, keepsEnds = false): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(LINE_END)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepsEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}
