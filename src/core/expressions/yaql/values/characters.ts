/** Texts by code points, as Python counts them; texts without surrogate pairs take the short way. */

const SURROGATE = /[\ud800-\udfff]/;
/** White space of Python's `strip` and `split`. */
const SPACE = '\\t-\\r\\u001c-\\u001f \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING = new RegExp(`^[${SPACE}]+`);
const TRAILING = new RegExp(`(?<![${SPACE}])[${SPACE}]+$`);
const RUNS = new RegExp(`[^${SPACE}]+`, 'g');

export function isFlat(text: string): boolean {
  return !SURROGATE.test(text);
}

export function lengthOf(text: string): number {
  return isFlat(text) ? text.length : charactersOf(text).length;
}

export function charactersOf(text: string): readonly string[] {
  return Array.from(text);
}

/** `text[from:to]` of Python, negative positions counting from the end. */
export function sliceText(text: string, from: number, to: number): string {
  return isFlat(text) ? text.slice(from, to) : charactersOf(text).slice(from, to).join('');
}

export type Side = 'both' | 'left' | 'right';

/** The text without white space, or the given characters, at its ends. */
export function strip(text: string, characters: string | null, side: Side): string {
  if (characters !== null) return stripCharacters(text, new Set(characters), side);
  const left = side === 'right' ? text : text.replace(LEADING, '');
  return side === 'left' ? left : stripTrailingSpace(left);
}

function stripTrailingSpace(text: string): string {
  return text.replace(TRAILING, '');
}

function stripCharacters(text: string, characters: ReadonlySet<string>, side: Side): string {
  const list = charactersOf(text);
  let from = 0;
  let to = list.length;
  if (side !== 'right') while (from < to && characters.has(list[from] ?? '')) from++;
  if (side !== 'left') while (to > from && characters.has(list[to - 1] ?? '')) to--;
  return list.slice(from, to).join('');
}

/** Python's `split`: on runs of white space without a separator; a negative limit means none. */
export function splitText(text: string, separator: string | null, limit: number): readonly string[] {
  const parts = separator === null ? splitOnSpace(text, limit) : text.split(separator);
  if (separator === null || limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function splitOnSpace(text: string, limit: number): readonly string[] {
  const words = [...text.matchAll(RUNS)];
  if (limit < 0 || words.length <= limit) return words.map(([word]) => word);
  const rest = text.slice(words[limit]?.index ?? text.length);
  const last = words.length === limit + 1 ? strip(rest, null, 'right') : rest;
  return [...words.slice(0, limit).map(([word]) => word), last];
}

/** Python's `rsplit`: as `split`, with the limit counted from the end. */
export function splitTextFromRight(text: string, separator: string | null, limit: number): readonly string[] {
  if (separator === null) return splitOnSpaceFromRight(text, limit);
  const parts = splitFromRight(text, separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  const kept = parts.length - limit;
  return [parts.slice(0, kept).join(separator), ...parts.slice(kept)];
}

/** Overlapping separators are found from the right. */
function splitFromRight(text: string, separator: string): readonly string[] {
  const reversed = charactersOf(text).toReversed().join('');
  const parts = reversed.split(charactersOf(separator).toReversed().join(''));
  return parts.map((part) => charactersOf(part).toReversed().join('')).toReversed();
}

function splitOnSpaceFromRight(text: string, limit: number): readonly string[] {
  const words = [...text.matchAll(RUNS)];
  if (limit < 0 || words.length <= limit) return words.map(([word]) => word);
  const kept = words.length - limit;
  const last = words[kept - 1];
  const end = last === undefined ? 0 : last.index + last[0].length;
  return [
    strip(text.slice(0, end), null, words.length === limit + 1 ? 'left' : 'right'),
    ...words.slice(kept).map(([word]) => word),
  ];
}

/** Python's `replace`: an empty `old` is found between all characters; a negative count means all. */
export function replaceText(text: string, old: string, replacement: string, count: number): string {
  if (count === 0) return text;
  if (old === '') return insertBetween(text, replacement, count);
  if (count < 0) return text.split(old).join(replacement);
  const parts = text.split(old);
  const done = parts.slice(0, count + 1).join(replacement);
  return parts.length > count + 1 ? `${done}${old}${parts.slice(count + 1).join(old)}` : done;
}

function insertBetween(text: string, inserted: string, count: number): string {
  const list = charactersOf(text);
  const times = count < 0 ? list.length + 1 : Math.min(count, list.length + 1);
  let result = '';
  for (const [i, character] of list.entries()) result += (i < times ? inserted : '') + character;
  return times > list.length ? result + inserted : result;
}

/** Python's `find` or `rfind` between two positions, in code points. */
export function findText(text: string, sub: string, from: number, to: number, which: 'first' | 'last'): number {
  const size = lengthOf(text);
  const start = Math.max(from < 0 ? from + size : from, 0);
  const end = Math.min(to < 0 ? to + size : to, size);
  if (start > size || end < start) return -1;
  const part = sliceText(text, start, end);
  const at = which === 'first' ? part.indexOf(sub) : part.lastIndexOf(sub);
  return at < 0 ? -1 : start + lengthOf(part.slice(0, at));
}
