import { dictEntries } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import {
  isInt,
  isNumber,
  replaceText,
  textIndexOf,
  textLastIndexOf,
  textLength,
  textSlice,
  boundIn,
  type Value,
} from '../../values/index.js';
import { declarer, nullable, optional, optionalNullable, required } from '../runtime/declaration.js';
import { bool, count, dict, number, text } from '../runtime/kinds.js';
import { yaqlTypeName } from '../values/type-name.js';
import { textOf } from './strings.js';

const declare = declarer('Strings');

const search = [required('string', text), required('sub', text), optional('start', count, 0)] as const;
const searchPart = [
  required('string', text),
  required('sub', text),
  required('start', count),
  required('length', count),
] as const;

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const SPACE = ' \t\n\r\v\f';

/** The kinds of `characters`, in the order of its parameters; null for those that Python 3 has dropped. */
const CHARACTER_KINDS: readonly (readonly [name: string, characters: string | null])[] = [
  ['digits', '0123456789'],
  ['hexdigits', '0123456789abcdefABCDEF'],
  ['asciiLowercase', LOWER],
  ['asciiUppercase', UPPER],
  ['asciiLetters', LOWER + UPPER],
  ['letters', null],
  ['octdigits', '01234567'],
  ['punctuation', PUNCTUATION],
  ['printable', `0123456789${LOWER}${UPPER}${PUNCTUATION}${SPACE}`],
  ['lowercase', null],
  ['uppercase', null],
  ['whitespace', SPACE],
];

export const STRING_PARTS = [
  declare({
    names: 'replace',
    style: 'method',
    parameters: [required('string', text), required('old', text), required('new', text), optional('count', count, -1)],
    doc: 'The text with one text replaced by another, everywhere or the first `count` times.',
    example: ["'a-b-c'.replace('-', '+', 1)", '"a+b-c"'],
    run: (frame, string, old, replacement, times) => replaceText(string, old, replacement, times, frame.runtime.budget),
  }),
  declare({
    names: 'replace',
    style: 'method',
    parameters: [required('string', text), required('replacements', dict), optional('count', count, -1)],
    doc: 'The text with each key of the dict replaced by its value, one key after the other.',
    example: ['abc.replace({a => 1, b => 2})', '"12c"'],
    run: (frame, string, replacements, times) => {
      const show = textOf(frame);
      let result = string;
      for (const [key, value] of dictEntries<Value>(replacements)) {
        result = replaceText(result, show(key), show(value), times, frame.runtime.budget);
      }
      return result;
    },
  }),
  declare({
    names: 'substring',
    style: 'method',
    parameters: [required('string', text), required('start', count), optional('length', count, -1)],
    doc: 'A part of the text; a negative start counts from the end, a negative length reaches to it.',
    example: ['abcdef.substring(-3, 2)', '"de"'],
    run: (_frame, string, start, length) => {
      const size = textLength(string);
      const from = start < 0 ? start + size : start;
      return textSlice(string, boundIn(size, from), boundIn(size, from + (length < 0 ? size : length)));
    },
  }),
  declare({
    names: 'indexOf',
    style: 'method',
    parameters: search,
    doc: 'The position of the first occurrence of a text, or -1.',
    example: ['abcabc.indexOf(b, 2)', '4'],
    run: (_frame, string, sub, start) => textIndexOf(string, sub, start),
  }),
  declare({
    names: 'indexOf',
    style: 'method',
    parameters: searchPart,
    doc: 'The position of the first occurrence in a part of the text, or -1.',
    example: ['abcabc.indexOf(b, 2, 2)', '-1'],
    run: (_frame, string, sub, start, length) => textIndexOf(string, sub, ...partOf(string, start, length)),
  }),
  declare({
    names: 'lastIndexOf',
    style: 'method',
    parameters: search,
    doc: 'The position of the last occurrence of a text, not before `start`, or -1.',
    example: ['abcabc.lastIndexOf(b)', '4'],
    run: (_frame, string, sub, start) => textLastIndexOf(string, sub, start),
  }),
  declare({
    names: 'lastIndexOf',
    style: 'method',
    parameters: searchPart,
    doc: 'The position of the last occurrence in a part of the text, or -1.',
    example: ['abcabc.lastIndexOf(b, 0, 3)', '1'],
    run: (_frame, string, sub, start, length) => textLastIndexOf(string, sub, ...partOf(string, start, length)),
  }),
  declare({
    names: 'characters',
    style: 'function',
    parameters: CHARACTER_KINDS.map(([name]) => optionalNullable(name, bool, false)),
    doc: 'The distinct characters of the chosen kinds, in no particular order.',
    example: ['characters(octdigits => true).len()', '8'],
    run: (_frame, ...chosen) => distinctCharacters(chosen),
  }),
  declare({
    names: 'hex',
    style: 'function',
    parameters: [nullable('num', number)],
    doc: 'An integer in hexadecimal.',
    example: ['hex(255)', '"0xff"'],
    run: (_frame, value) => {
      if (!isNumber(value) || !isInt(value)) {
        throw new PyError('TypeError', `'${yaqlTypeName(value)}' object cannot be interpreted as an integer`);
      }
      return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
    },
  }),
];

function partOf(string: string, start: number, length: number): readonly [from: number, to: number] {
  const size = textLength(string);
  const from = start < 0 ? start + size : start;
  return [from, from + (length < 0 ? size - from : length)];
}

/** @throws {PyError} AttributeError for the kinds that Python 3 no longer has */
function distinctCharacters(chosen: readonly (boolean | null)[]): readonly string[] {
  const found = new Set<string>();
  for (const [i, [name, characters]] of CHARACTER_KINDS.entries()) {
    if (chosen[i] !== true) continue;
    if (characters === null) throw new PyError('AttributeError', `module 'string' has no attribute '${name}'`);
    for (const character of characters) found.add(character);
  }
  return [...found];
}
