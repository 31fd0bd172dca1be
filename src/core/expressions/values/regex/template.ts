import { isDecimal, isOctal, PatternSource } from './pattern-source.js';
import { RegexError } from './regex-error.js';

/** Pieces of a replacement: text, or the number of a group whose text goes there. */
export type Template = readonly (string | number)[];

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

/** What a replacement needs to know of its pattern. */
export interface TemplateGroups {
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
}

/** Reads `\1`, `\g<1>`, `\g<name>`, `\n` and octal escapes in a replacement. @throws {RegexError} */
export function parseTemplate(text: string, groups: TemplateGroups): Template {
  if (!text.includes('\\')) return text === '' ? [] : [text];
  const source = new PatternSource(text);
  const pieces: (string | number)[] = [];
  while (source.peek() !== undefined) {
    const literal = source.takeWhile((character) => character !== '\\');
    if (literal !== '') pieces.push(literal);
    const start = source.position;
    if (source.take('\\')) pieces.push(readEscape(source, groups, start));
  }
  return pieces;
}

/** The replacement with the groups of one match filled in. @param groupText  empty for a group that took no part */
export function fillTemplate(template: Template, groupText: (index: number) => string): string {
  let text = '';
  for (const piece of template) text += typeof piece === 'string' ? piece : groupText(piece);
  return text;
}

function readEscape(source: PatternSource, groups: TemplateGroups, start: number): string | number {
  const letter = source.next('bad escape (end of pattern)', start);
  if (letter === 'g') return readNamedGroup(source, groups);
  if (letter === '0') return String.fromCodePoint(parseInt(`0${source.takeWhile(isOctal, 2)}`, 8));
  if (isDecimal(letter)) return readNumbered(source, letter, groups, start);
  const escaped = ESCAPES.get(letter);
  if (escaped !== undefined) return escaped;
  if (/^[a-zA-Z]$/.test(letter)) throw new RegexError(`bad escape \\${letter}`, start);
  return `\\${letter}`;
}

function readNumbered(source: PatternSource, first: string, groups: TemplateGroups, start: number): string | number {
  const second = source.takeWhile(isDecimal, 1);
  if (isOctal(first) && isOctal(second) && second !== '') {
    const third = source.takeWhile(isOctal, 1);
    if (third !== '') {
      const code = parseInt(first + second + third, 8);
      if (code <= 0o377) return String.fromCodePoint(code);
      throw new RegexError(`octal escape value \\${first}${second}${third} outside of range 0-0o377`, start);
    }
  }
  return checkedIndex(Number(first + second), groups, start + 1);
}

function readNamedGroup(source: PatternSource, groups: TemplateGroups): number {
  if (!source.take('<')) throw new RegexError('missing <', source.position);
  const position = source.position;
  const name = source.until('>', 'group name');
  if (/^[0-9]+$/.test(name)) return checkedIndex(Number(name), groups, position);
  if (!/^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{M}\p{Nd}\p{Pc}]*$/u.test(name)) {
    throw new RegexError(`bad character in group name '${name}'`, position);
  }
  const index = groups.groupNames.get(name);
  if (index === undefined) throw new RegexError(`unknown group name '${name}'`, position);
  return index;
}

function checkedIndex(index: number, groups: TemplateGroups, position: number): number {
  if (index > groups.groupCount) throw new RegexError(`invalid group reference ${index}`, position);
  return index;
}
