import type { Node } from './ast.js';
import { categoryTest, classNode, type ClassItem } from './char-class.js';
import { isDecimal, isOctal, type PatternSource } from './pattern-source.js';
import { readCharEscape } from './escapes.js';
import { RegexError } from './regex-error.js';

/** Reads a class whose opening bracket was just taken. @throws {RegexError} */
export function parseClass(source: PatternSource, flags: number): Node {
  const start = source.position - 1;
  const negated = source.take('^');
  const items: ClassItem[] = [];
  for (;;) {
    const at = source.position;
    if (items.length > 0 && source.take(']')) return classNode(items, negated, flags);
    const first = readMember(source, flags, start);
    items.push(first.item);
    if (source.peek() !== '-') continue;
    source.position++;
    if (source.peek() === undefined) throw new RegexError('unterminated character set', start);
    if (source.take(']')) return classNode([...items, range(45, 45)], negated, flags);
    const last = readMember(source, flags, start);
    if (first.code === undefined || last.code === undefined || last.code < first.code) {
      throw new RegexError(`bad character range ${first.text}-${last.text}`, at);
    }
    items[items.length - 1] = range(first.code, last.code);
  }
}

interface Member {
  readonly item: ClassItem;
  /** Absent for a category. */
  readonly code?: number;
  readonly text: string;
}

function readMember(source: PatternSource, flags: number, classStart: number): Member {
  const start = source.position;
  const character = source.next('unterminated character set', classStart);
  if (character !== '\\') {
    const code = character.codePointAt(0) ?? 0;
    return { item: range(code, code), code, text: character };
  }
  const letter = source.next('bad escape (end of pattern)', start);
  const category = categoryTest(letter, flags);
  if (category) return { item: category, text: `\\${letter}` };
  const code = letter === 'b' ? 8 : readClassEscape(source, letter, start);
  return { item: range(code, code), code, text: `\\${letter}` };
}

function readClassEscape(source: PatternSource, letter: string, start: number): number {
  if (!isDecimal(letter)) return readCharEscape(source, letter, start);
  if (!isOctal(letter)) throw new RegexError(`bad escape \\${letter}`, start);
  const digits = letter + source.takeWhile(isOctal, 2);
  const code = parseInt(digits, 8);
  if (code > 0o377) throw new RegexError(`octal escape value \\${digits} outside of range 0-0o377`, start);
  return code;
}

function range(from: number, to: number): ClassItem {
  return { from, to };
}
