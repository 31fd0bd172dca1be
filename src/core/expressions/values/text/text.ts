import { codePoints, isFlat, isSpace, PY_SPACE } from '../characters.js';
import { PyError } from '../../errors.js';
import type { Budget } from '../budget.js';

export type Side = 'left' | 'right' | 'both';

const SPACES = new RegExp(`[${PY_SPACE}]+`, 'g');
const LEFT_SPACES = new RegExp(`^[${PY_SPACE}]+`);
const LINE_BREAKS = /\r\n|[\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/g;

/** Length in code points. */
export function textLength(text: string): number {
  return isFlat(text) ? text.length : codePoints(text).length;
}

/** The text from one code point up to another, both within it. */
export function textSlice(text: string, start: number, end: number): string {
  if (start >= end) return '';
  return isFlat(text) ? text.slice(start, end) : Array.from(text).slice(start, end).join('');
}

/** Python's `find`: the first place of a part from `start` on and ending by `end`, in code points; -1 if there is none. */
export function textIndexOf(text: string, part: string, start = 0, end = Infinity): number {
  return findIn(text, part, start, end, (window) => window.indexOf(part));
}

/** Python's `rfind`. */
export function textLastIndexOf(text: string, part: string, start = 0, end = Infinity): number {
  return findIn(text, part, start, end, (window) => window.lastIndexOf(part));
}

function findIn(text: string, part: string, start: number, end: number, find: (window: string) => number): number {
  const length = textLength(text);
  const from = boundIn(length, start);
  const to = boundIn(length, end);
  if (from > to || start > length) return -1;
  const window = textSlice(text, from, to);
  const at = find(window);
  return at < 0 ? -1 : from + textLength(window.slice(0, at));
}

/** A slice bound as Python takes it: negative counts from the end, beyond either end is the end. */
export function boundIn(length: number, bound: number): number {
  return bound < 0 ? Math.max(0, length + bound) : Math.min(length, bound);
}

/**
 * Python's `split`: by a separator, or by runs of white space when it is `null`.
 * @param limit  of cuts; negative for none
 * @throws {PyError} ValueError for an empty separator
 */
export function splitText(text: string, separator: string | null, limit = -1): string[] {
  if (separator === null) return splitWords(text, limit);
  const parts = splitAtAll(text, separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

/** Python's `rsplit`: a limit keeps the cuts nearest to the end. */
export function rightSplitText(text: string, separator: string | null, limit = -1): string[] {
  if (separator === null) return limit < 0 ? splitWords(text, limit) : rightSplitWords(text, limit);
  if (separator === '') throw emptySeparator();
  const parts: string[] = [];
  let end = text.length;
  while (parts.length !== limit) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length);
    if (at < 0) break;
    parts.push(text.slice(at + separator.length, end));
    end = at;
  }
  return [...parts, text.slice(0, end)].reverse();
}

function splitAtAll(text: string, separator: string): string[] {
  if (separator === '') throw emptySeparator();
  return text.split(separator);
}

function emptySeparator(): PyError {
  return new PyError('ValueError', 'empty separator');
}

function splitWords(text: string, limit: number): string[] {
  const rest = text.replace(LEFT_SPACES, '');
  const words: string[] = [];
  let from = 0;
  for (const match of rest.matchAll(SPACES)) {
    if (words.length === limit) break;
    words.push(rest.slice(from, match.index));
    from = match.index + match[0].length;
  }
  if (from < rest.length)
    words.push(words.length === limit ? rest.slice(from) : stripText(rest.slice(from), null, 'right'));
  return words;
}

function rightSplitWords(text: string, limit: number): string[] {
  const rest = stripText(text, null, 'right');
  const gaps = [...rest.matchAll(SPACES)].filter((gap) => gap.index > 0);
  const cuts = limit === 0 ? [] : gaps.slice(-limit);
  const words: string[] = [];
  let from = 0;
  for (const cut of cuts) {
    words.push(rest.slice(from, cut.index));
    from = cut.index + cut[0].length;
  }
  words.push(rest.slice(from));
  if (cuts.length < limit) words[0] = stripText(words[0] ?? '', null, 'left');
  return words.filter((word) => word !== '');
}

/** Python's `splitlines`: at every kind of line break. */
export function splitLines(text: string, keepBreaks = false): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const match of text.matchAll(LINE_BREAKS)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(from, keepBreaks ? end : match.index));
    from = end;
  }
  if (from < text.length) lines.push(text.slice(from));
  return lines;
}

/** Python's `strip`, `lstrip`, `rstrip`. @param characters  a set of them; `null` for white space */
export function stripText(text: string, characters: string | null = null, side: Side = 'both'): string {
  // What is dropped takes one unit each, as a rule; then surrogates can stay in pairs.
  const units = characters === null || isFlat(characters) || isFlat(text) ? text : Array.from(text);
  const set = characters === null ? null : new Set(characters);
  const drops = (character: string): boolean => (set ? set.has(character) : isSpace(character.codePointAt(0) ?? 0));
  let start = 0;
  let end = units.length;
  if (side !== 'right') while (start < end && drops(units[start] ?? '')) start++;
  if (side !== 'left') while (end > start && drops(units[end - 1] ?? '')) end--;
  if (start === 0 && end === units.length) return text;
  return typeof units === 'string' ? units.slice(start, end) : units.slice(start, end).join('');
}

/** Python's `replace`; an empty `old` stands between all characters. @param limit  negative for no limit */
export function replaceText(text: string, old: string, replacement: string, limit: number, budget: Budget): string {
  if (limit === 0) return text;
  const parts = old === '' ? ['', ...Array.from(text), ''] : text.split(old);
  const cuts = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1);
  budget.output(text.length + cuts * replacement.length);
  const rest = cuts < parts.length - 1 ? old + parts.slice(cuts + 1).join(old) : '';
  return parts.slice(0, cuts + 1).join(replacement) + rest;
}

/** The text so many times; none for zero or less. @throws {BudgetExceeded} */
export function repeatText(text: string, count: number | bigint, budget: Budget): string {
  if (count <= 0 || text === '') return '';
  budget.output(Number(count) * text.length);
  return text.repeat(Number(count));
}
