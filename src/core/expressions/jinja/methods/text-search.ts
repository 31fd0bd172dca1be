import { PyTuple, typeName, type Value } from '../../values/index.js';
import { characterIndex, subtext, textLength, textOf, typeError, valueError } from '../runtime/index.js';
import { boundsArgument, textArgument } from './arguments.js';
import { method, type Method } from './method.js';

const RANGE = [
  ['start', null],
  ['end', null],
] as const;

/** Where a part is within bounds, in characters; -1 when it is not there. */
function find(text: string, args: readonly Value[], fromRight: boolean): number {
  const part = textArgument(args[0], 'must be str, not');
  const [start, stop] = boundsArgument(args[1], args[2], textLength(text));
  if (start > stop) return -1;
  const window = subtext(text, start, stop);
  const found = fromRight ? window.lastIndexOf(part) : window.indexOf(part);
  return found < 0 ? -1 : start + characterIndex(window, found);
}

function mustFind(text: string, args: readonly Value[], fromRight: boolean): number {
  const found = find(text, args, fromRight);
  if (found < 0) throw valueError('substring not found');
  return found;
}

function count(text: string, args: readonly Value[]): number {
  const part = textArgument(args[0], 'must be str, not');
  const [start, stop] = boundsArgument(args[1], args[2], textLength(text));
  if (start > stop) return 0;
  const window = subtext(text, start, stop);
  return part === '' ? textLength(window) + 1 : window.split(part).length - 1;
}

function hasAffix(text: string, args: readonly Value[], name: 'startswith' | 'endswith'): boolean {
  const [affix] = args;
  const [start, stop] = boundsArgument(args[1], args[2], textLength(text));
  const window = start > stop ? null : subtext(text, start, stop);
  const affixes = affix instanceof PyTuple ? affix.items : [affix ?? null];
  return affixes.some((candidate) => {
    const part = textOf(candidate);
    if (part === undefined) {
      throw typeError(`${name} first arg must be str or a tuple of str, not ${typeName(candidate)}`);
    }
    return window !== null && (name === 'startswith' ? window.startsWith(part) : window.endsWith(part));
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
