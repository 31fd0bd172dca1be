import { dictKeys, isDict, PyDict, PyObject } from '../../../shared/index.js';
import {
  DictView,
  PyIterator,
  PySet,
  PyTuple,
  textLength,
  typeName,
  sizeOfDict,
  type Value,
} from '../../values/index.js';
import { charactersOf } from './code-points.js';
import { JinjaError, typeError } from './errors.js';
import { LazySequence } from './lazy-sequence.js';
import { textOf } from './markup.js';
import { PyRange } from './range.js';
import type { Run } from './run.js';
import { Undefined } from './undefined.js';

/** Python's `iter()`: characters, items, keys of a dict. @throws {PyError} TypeError for what can't be walked */
export function iterate(value: Value): Iterable<Value> {
  return iterableOf(value) ?? failIterate(value);
}

/** What {@link iterate} gives, `undefined` for what can't be walked. */
export function iterableOf(value: Value): Iterable<Value> | undefined {
  if (Array.isArray(value)) return value as readonly Value[];
  if (typeof value === 'string') return charactersOf(value);
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PyDict) return watchKeys(value as PyDict<Value>);
  if (isDict<Value>(value)) return dictKeys<Value>(value);
  const text = textOf(value);
  if (text !== undefined) return charactersOf(text);
  if (value instanceof PyObject && Symbol.iterator in value) return value as unknown as Iterable<Value>;
  return undefined;
}

function failIterate(value: Value): never {
  if (value instanceof Undefined) value.fail();
  throw typeError(`'${typeName(value)}' object is not iterable`);
}

function* watchKeys(dict: PyDict<Value>): IterableIterator<Value> {
  const { size } = dict;
  for (const key of dict.keys()) {
    yield key;
    if (dict.size !== size) throw new JinjaError('TemplateRuntimeError', 'dictionary changed size during iteration');
  }
}

/** A new list of the items. */
export function toList(value: Value, run: Run): Value[] {
  if (value instanceof LazySequence) return value.takeAll();
  const size = sizeOf(value);
  if (size !== undefined) run.budget.output(size);
  const items: Value[] = [];
  for (const item of iterate(value)) {
    if (size === undefined) run.budget.output(1);
    items.push(item);
  }
  return items;
}

/** The items as an array that is only read: the list itself where it is one. A sequence that can be walked once is at its end then. */
export function itemsOf(value: Value, run: Run): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  return value instanceof PyTuple ? value.items : toList(value, run);
}

/** Python's `len()`. @throws {PyError} TypeError for what has none */
export function lengthOf(value: Value): number {
  const size = sizeOf(value);
  if (size !== undefined) return size;
  if (value instanceof Undefined) value.fail();
  throw typeError(`object of type '${typeName(value)}' has no len()`);
}

/** A value object with a length of its own kind, such as a loop. */
export interface Sized {
  readonly size: number;
}

/** What `len()` gives, `undefined` for what has none. */
export function sizeOf(value: Value): number | undefined {
  if (Array.isArray(value)) return value.length;
  const text = textOf(value);
  if (text !== undefined) return textLength(text);
  if (value instanceof PyTuple || value instanceof PyRange) return value.length;
  if (value instanceof PySet || value instanceof DictView) return value.size;
  if (isDict<Value>(value)) return sizeOfDict(value);
  return isSized(value) ? value.size : undefined;
}

function isSized(value: Value): value is PyObject & Sized {
  return value instanceof PyObject && 'size' in value && typeof value.size === 'number';
}

/** A lazy sequence over what a generator function yields, as the filters of Jinja return it. */
export function lazily(makeItems: () => Generator<Value, void>): PyIterator {
  return new PyIterator(makeItems());
}
