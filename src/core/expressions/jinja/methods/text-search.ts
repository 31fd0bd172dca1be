import {
  PyTuple,
  textIndexOf,
  textLastIndexOf,
  textLength,
  textSlice,
  typeName,
  type Value,
} from '../../values/index.js';
import { textOf, typeError, valueError } from '../runtime/index.js';
import { boundsArgument, intArgument, textArgument } from './arguments.js';
import { method, type Method } from './method.js';

const RANGE = [
  ['start', null],
  ['end', null],
] as const;

/** Where a part is within bounds, in characters; -1 when it is not there. */
function find(text: string, [part, start, end]: readonly Value[], fromRight: boolean): number {
  const search = fromRight ? textLastIndexOf : textIndexOf;
  const from = (start ?? null) === null ? 0 : intArgument(start);
  const to = (end ?? null) === null ? Infinity : intArgument(end);
  return search(text, textArgument(part, 'must be str, not'), from, to);
}

function mustFind(text: string, args: readonly Value[], fromRight: boolean): number {
  const found = find(text, args, fromRight);
  if (found < 0) throw valueError('substring not found');
  return found;
}

/** The part of a text within bounds; `undefined` where they are beyond it. */
function windowOf(text: string, start: Value | undefined, end: Value | undefined): string | undefined {
  const [from, to] = boundsArgument(start, end, textLength(text));
  return from > to ? undefined : textSlice(text, from, to);
}

function count(text: string, [part, start, end]: readonly Value[]): number {
  const wanted = textArgument(part, 'must be str, not');
  const window = windowOf(text, start, end);
  if (window === undefined) return 0;
  return wanted === '' ? textLength(window) + 1 : window.split(wanted).length - 1;
}

function hasAffix(text: string, [affix, start, end]: readonly Value[], name: 'startswith' | 'endswith'): boolean {
  const window = windowOf(text, start, end);
  const affixes = affix instanceof PyTuple ? affix.items : [affix ?? null];
  return affixes.some((candidate) => {
    const part = textOf(candidate);
    if (part === undefined) {
      throw typeError(`${name} first arg must be str or a tuple of str, not ${typeName(candidate)}`);
    }
    if (window === undefined) return false;
    return name === 'startswith' ? window.startsWith(part) : window.endsWith(part);
  });
}

/** Methods of `str` that look for a part. */
export const SEARCH_METHODS: readonly Method<string>[] = [
  method('find', ['sub', ...RANGE], (text, args) => find(text, args, false)),
  method('rfind', ['sub', ...RANGE], (text, args) => find(text, args, true)),
  method('index', ['sub', ...RANGE], (text, args) => mustFind(text, args, false)),
  method('rindex', ['sub', ...RANGE], (text, args) => mustFind(text, args, true)),
  method('count', ['sub', ...RANGE], count),
  method('startswith', ['prefix', ...RANGE], (text, args) => hasAffix(text, args, 'startswith')),
  method('endswith', ['suffix', ...RANGE], (text, args) => hasAffix(text, args, 'endswith')),
];
