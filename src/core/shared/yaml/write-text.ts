import { BEST_WIDTH, type LineWriter } from './line-writer.js';

/** How a scalar is to be written. */
export interface TextLayout {
  /** Column of the lines after the first. */
  readonly indent: number;
  /** Long texts may be broken; keys may not. */
  readonly mayBreak: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1B': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xA0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};
const RUNS = /'| +|\n+|[^' \n]+/g;
const PLAIN_RUNS = / +|[^ ]+/g;

/** Writes a text of one line without quotes, breaking it at single spaces behind the best width. */
export function writePlain(writer: LineWriter, text: string, layout: TextLayout): void {
  if (text === '') return;
  writer.spaceBeforeText();
  for (const [run] of text.matchAll(PLAIN_RUNS)) {
    if (run === ' ' && writer.column > BEST_WIDTH && layout.mayBreak) {
      writer.indentTo(layout.indent);
      writer.beginText();
    } else writer.raw(run);
  }
}

/** Writes an ASCII text in single quotes; its line breaks are doubled, its quotes too. */
export function writeSingleQuoted(writer: LineWriter, text: string, layout: TextLayout): void {
  writer.indicator("'", true);
  for (const match of text.matchAll(RUNS)) {
    const [run] = match;
    const isInside = match.index > 0 && match.index + run.length < text.length;
    if (run === "'") writer.raw("''");
    else if (run.startsWith('\n')) {
      writer.lineBreak();
      for (let i = 0; i < run.length; i += 1) writer.lineBreak();
      writer.indentTo(layout.indent);
    } else if (run === ' ' && isInside && writer.column > BEST_WIDTH && layout.mayBreak) writer.indentTo(layout.indent);
    else writer.raw(run);
  }
  writer.indicator("'", false);
}

/** Writes any text in double quotes, in ASCII. */
export function writeDoubleQuoted(writer: LineWriter, text: string, layout: TextLayout): void {
  const characters = Array.from(text);
  writer.indicator('"', true);
  let start = 0;
  for (let end = 0; end <= characters.length; end += 1) {
    const character = characters[end];
    if (character === undefined || needsEscape(character)) {
      if (start < end) writer.raw(characters.slice(start, end).join(''));
      start = end;
      if (character !== undefined) {
        writer.raw(escape(character));
        start = end + 1;
      }
    }
    const mayBreak = end > 0 && end < characters.length - 1 && (character === ' ' || start >= end) && layout.mayBreak;
    if (!mayBreak || writer.column + (end - start) <= BEST_WIDTH) continue;
    writer.raw(`${characters.slice(start, end).join('')}\\`);
    start = Math.max(start, end);
    writer.indentTo(layout.indent);
    writer.beginText();
    if (characters[start] === ' ') writer.raw('\\');
  }
  writer.indicator('"', false);
}

function needsEscape(character: string): boolean {
  return character === '"' || character === '\\' || character < ' ' || character > '~';
}

function escape(character: string): string {
  const named = ESCAPES[character];
  if (named !== undefined) return `\\${named}`;
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
