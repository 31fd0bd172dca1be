import { isBreak, isBreakOrEnd } from './characters.js';

/** A place in a text, both counted from 1; columns count characters, not UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const SNIPPET_HALF_WIDTH = 36.5;

/** Line and column of the character at `index`. */
export function positionAt(text: string, index: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < index; i += 1) {
    const code = text.charCodeAt(i);
    if (!isBreak(code) || (code === 13 && text.charCodeAt(i + 1) === 10)) continue;
    line += 1;
    lineStart = i + 1;
  }
  return { line, column: codePoints(text.slice(lineStart, index)) + 1 };
}

/** UTF-16 units between places up to which characters are counted beforehand. */
const STRIDE = 1024;

/** Positions of many places of one text, cheap after the first, also on long lines. */
export class LineTable {
  private readonly starts: number[] = [0];
  /** Characters before each multiple of the stride. */
  private readonly counted: number[] = [0];

  constructor(private readonly text: string) {
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (isBreak(code) && !(code === 13 && text.charCodeAt(i + 1) === 10)) this.starts.push(i + 1);
    }
  }

  at(index: number): Position {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= index) low = middle;
      else high = middle;
    }
    const start = this.starts[low] ?? 0;
    return { line: low + 1, column: this.charactersBetween(start, index) + 1 };
  }

  private charactersBetween(start: number, end: number): number {
    if (end - start < STRIDE) return codePoints(this.text.slice(start, end));
    return this.charactersBefore(end) - this.charactersBefore(start);
  }

  /** A pair of surrogates across the place counts before it. */
  private charactersBefore(index: number): number {
    const stride = Math.floor(index / STRIDE);
    for (let i = this.counted.length; i <= stride; i += 1)
      this.counted.push((this.counted[i - 1] ?? 0) + starts(this.text, (i - 1) * STRIDE, i * STRIDE));
    return (this.counted[stride] ?? 0) + starts(this.text, stride * STRIDE, index);
  }
}

/** Characters that begin in a part of a text. */
function starts(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i);
    const isSecondHalf = code >= 0xdc00 && code <= 0xdfff && isFirstHalf(text.charCodeAt(i - 1));
    if (code !== 0xfeff && !isSecondHalf) count += 1;
  }
  return count;
}

function isFirstHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** The line around `index` with a caret below the character, as PyYAML shows it. */
export function snippetAt(text: string, index: number): string {
  let head = '';
  let start = index;
  while (start > 0 && !isBreakOrEnd(text.charCodeAt(start - 1))) {
    start -= 1;
    if (index - start > SNIPPET_HALF_WIDTH) {
      head = ' ... ';
      start += 5;
      break;
    }
  }
  let tail = '';
  let end = index;
  while (end < text.length && !isBreakOrEnd(text.charCodeAt(end))) {
    end += 1;
    if (end - index > SNIPPET_HALF_WIDTH) {
      tail = ' ... ';
      end -= 5;
      break;
    }
  }
  const caret = ' '.repeat(4 + codePoints(text.slice(start, index)) + head.length);
  return `    ${head}${text.slice(start, end)}${tail}\n${caret}^`;
}

function codePoints(text: string): number {
  let count = 0;
  for (const character of text) if (character !== '\uFEFF') count += 1;
  return count;
}
