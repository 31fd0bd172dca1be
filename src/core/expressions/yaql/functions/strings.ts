import { markMutable } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { rightSplitText, splitText, stripText, textLength, type Side, type Value } from '../../values/index.js';
import { invoke } from '../runtime/call-site.js';
import { declarer, nullable, optional, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { bool, count, iterable, text } from '../runtime/kinds.js';
import type { Walkable } from '../values/iteration.js';
import { yaqlString } from '../values/text.js';

const declare = declarer('Strings');

const split = [required('string', text), optional('separator', text, null), optional('maxSplits', count, -1)] as const;

export const STRINGS = [
  declare({
    names: 'concat',
    style: 'function',
    parameters: [],
    rest: required('args', text),
    doc: 'All texts as one.',
    example: ["concat(a, 'b c')", '"ab c"'],
    run: (frame, ...parts) => produced(frame, parts.join('')),
  }),
  declare({
    names: 'toUpper',
    style: 'method',
    parameters: [required('string', text)],
    doc: 'The text in upper case.',
    example: ['abc.toUpper()', '"ABC"'],
    run: (_frame, string) => string.toUpperCase(),
  }),
  declare({
    names: 'toLower',
    style: 'method',
    parameters: [required('string', text)],
    doc: 'The text in lower case.',
    example: ['ABC.toLower()', '"abc"'],
    run: (_frame, string) => string.toLowerCase(),
  }),
  declare({
    names: 'len',
    style: 'both',
    parameters: [required('string', text)],
    doc: 'How many characters a text has.',
    example: ['len(abc)', '3'],
    run: (_frame, string) => textLength(string),
  }),
  declare({
    names: 'split',
    style: 'method',
    parameters: split,
    doc: 'The parts between separators, or between runs of white space; at most `maxSplits` cuts.',
    example: ["'a,b,c'.split(',', 1)", '["a", "b,c"]'],
    run: (frame, string, separator, limit) => {
      frame.runtime.budget.output(string.length);
      return markMutable(splitText(string, separator, limit));
    },
  }),
  declare({
    names: 'rightSplit',
    style: 'method',
    parameters: split,
    doc: 'Like `split`, with cuts counted from the end.',
    example: ["'a.b.c'.rightSplit('.', 1)", '["a.b", "c"]'],
    run: (frame, string, separator, limit) => {
      frame.runtime.budget.output(string.length);
      return markMutable(rightSplitText(string, separator, limit));
    },
  }),
  declare({
    names: 'join',
    style: 'method',
    parameters: [required('sequence', iterable), required('separator', text)],
    doc: 'The texts of the items with a separator between them.',
    example: ["[a, 1, null].join('-')", '"a-1-null"'],
    run: (frame, items, separator) => join(frame, items, separator),
  }),
  declare({
    names: 'join',
    style: 'method',
    parameters: [required('separator', text), required('sequence', iterable)],
    doc: 'The texts of the items with this text between them.',
    example: ["','.join([a, b])", '"a,b"'],
    run: (frame, separator, items) => join(frame, items, separator),
  }),
  ...trimmers(),
  declare({
    names: 'norm',
    style: 'both',
    parameters: [nullable('string', text), optional('chars', text, null)],
    doc: 'The trimmed text, or null when nothing is left.',
    example: ["norm('  ')", 'null'],
    run: (_frame, string, characters) => (string === null ? null : stripText(string, characters, 'both') || null),
  }),
  declare({
    names: 'isEmpty',
    style: 'both',
    parameters: [nullable('string', text), optional('trim', bool, true), optional('chars', text, null)],
    doc: 'Whether the text is null or has nothing but white space in it.',
    example: ["isEmpty(' ')", 'true'],
    run: (_frame, string, isTrimmed, characters) =>
      string === null || (isTrimmed ? stripText(string, characters, 'both') : string) === '',
  }),
  declare({
    names: 'startsWith',
    style: 'method',
    parameters: [required('string', text)],
    rest: required('prefixes', text),
    doc: 'Whether the text begins with one of these.',
    example: ['abc.startsWith(x, ab)', 'true'],
    run: (_frame, string, ...prefixes) => prefixes.some((prefix) => string.startsWith(prefix)),
  }),
  declare({
    names: 'endsWith',
    style: 'method',
    parameters: [required('string', text)],
    rest: required('suffixes', text),
    doc: 'Whether the text ends with one of these.',
    example: ['abc.endsWith(bc)', 'true'],
    run: (_frame, string, ...suffixes) => suffixes.some((suffix) => string.endsWith(suffix)),
  }),
  declare({
    names: 'toCharArray',
    style: 'method',
    parameters: [required('string', text)],
    doc: 'The characters as a list.',
    example: ['abc.toCharArray()', '["a", "b", "c"]'],
    run: (frame, string) => {
      frame.runtime.budget.output(string.length);
      return Array.from(string);
    },
  }),
];

function trimmers() {
  const variants: readonly (readonly [name: string, side: Side, where: string, example: string, result: string])[] = [
    ['trim', 'both', 'both ends', "' a '.trim()", '"a"'],
    ['trimLeft', 'left', 'its start', "' a '.trimLeft()", '"a "'],
    ['trimRight', 'right', 'its end', "' a '.trimRight()", '" a"'],
  ];
  return variants.map(([name, side, where, example, result]) =>
    declare({
      names: name,
      style: 'method',
      parameters: [required('string', text), optional('chars', text, null)],
      doc: `The text without white space, or the given characters, at ${where}.`,
      example: [example, result],
      run: (_frame, string, characters) => stripText(string, characters, side),
    }),
  );
}

export function produced(frame: Frame, result: string): string {
  frame.runtime.budget.output(result.length);
  return result;
}

function join(frame: Frame, items: Walkable, separator: string): string {
  const show = textOf(frame);
  const parts: string[] = [];
  for (const item of items) {
    const part = show(item);
    frame.runtime.budget.step();
    frame.runtime.budget.output(part.length + separator.length);
    parts.push(part);
  }
  return parts.join(separator);
}

/** The function `str`, which an expression may have replaced. */
export function textOf(frame: Frame): (value: Value) => string {
  if (frame.runtime.definitions === 0) return (value) => yaqlString(value, frame.runtime);
  return (value) => {
    const shown = invoke(frame, 'str', [value]);
    if (typeof shown !== 'string') throw new PyError('TypeError', 'sequence item 0: expected str instance');
    return shown;
  };
}
