import { dictKeys, isDict, isMutable, PyDict, PyObject } from '../../../shared/index.js';
import { DictView, PyIterator, PySet, touch, typeName, type Budget, type Value } from '../../values/index.js';
import { EvaluationError, PyError } from '../../errors.js';
import type { Runtime } from '../runtime/frame.js';
import { Ordering } from './ordering.js';

/** What YAQL walks: lists, sets, views, orderings, iterators; not text and not dicts. */
export type Walkable = readonly Value[] | PySet | DictView | Ordering | PyIterator;

export function isWalkable(value: Value): value is Walkable {
  return Array.isArray(value) || (value instanceof PyObject && Symbol.iterator in value && !(value instanceof PyDict));
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Sets, and the views of a dict's keys and items. */
export function isSetLike(value: Value): value is PySet | DictView {
  return value instanceof PySet || (value instanceof DictView && value.isSetLike);
}

export function toSet(value: PySet | DictView): PySet {
  return value instanceof PySet ? value : value.toSet();
}

/** A set for an operation that views of dicts don't have. @throws {PyError} AttributeError for a view */
export function ownSet(value: PySet | DictView, operation: string): PySet {
  if (value instanceof PySet) return value;
  throw new PyError('AttributeError', `'${value.typeName}' object has no attribute '${operation}'`);
}

/** A list that no function can change, as YAQL makes them. */
export function isTuple(value: Value): value is readonly Value[] {
  return Array.isArray(value) && !isMutable(value);
}

/** Charges for walking the whole of a collection that is already there, then hands it back. */
export function charged<T extends Walkable>(runtime: Runtime, items: T): T {
  if (Array.isArray(items)) runtime.budget.step(items.length);
  else if (items instanceof PySet || items instanceof DictView) runtime.budget.step(items.size);
  return items;
}

/** Everything a walkable value yields, as a list; a tuple is returned as it is. */
export function toList(runtime: Runtime, items: Walkable): readonly Value[] {
  if (isTuple(items)) return items;
  runtime.budget.output(8);
  const list: Value[] = [];
  for (const item of charged(runtime, items)) list.push(item);
  runtime.budget.output(list.length);
  return list;
}

/** Fails when a collection is longer than the limit allows; iterators are checked while they run. */
export function limited(runtime: Runtime, items: Walkable): Walkable {
  const limit = runtime.limitIterators;
  if (limit < 0) return items;
  if (Array.isArray(items) || isSetLike(items)) {
    const size = Array.isArray(items) ? items.length : (items as PySet).size;
    if (size > limit) throw tooLong(limit);
    return items;
  }
  return new PyIterator(countItems(items, limit));
}

function* countItems(items: Iterable<Value>, limit: number): Generator<Value, undefined> {
  let count = 0;
  for (const item of items) {
    if (count++ >= limit) throw tooLong(limit);
    yield item;
  }
}

export function tooLong(limit: number): EvaluationError {
  return new EvaluationError(`Collection length exceeds ${limit} elements`);
}

/** What a loop of Python would see: texts by characters, dicts by keys. @throws {PyError} TypeError for what has no items */
export function pythonItems(value: Value): Iterable<Value> {
  if (typeof value === 'string') return Array.from(value);
  if (isWalkable(value)) return value;
  if (isDict<Value>(value)) return dictKeys<Value>(value);
  throw new PyError('TypeError', `'${typeName(value)}' object is not iterable`);
}

/** An iterator that pays one step for each item. */
export function lazily(runtime: Runtime, source: Iterator<Value>): PyIterator {
  return new PyIterator(paid(runtime, source));
}

function paid(runtime: Runtime, source: Iterator<Value>): Iterator<Value> {
  return {
    next: () => {
      runtime.budget.step();
      const result = source.next();
      if (typeof result.value === 'bigint') touch(result.value, runtime.budget);
      return result;
    },
  };
}

/** An iterator that can be walked again: what was read once is remembered. */
export function memorize({ budget }: Runtime, items: Walkable): Walkable {
  if (Array.isArray(items) || isSetLike(items)) return items;
  return new Memorized(items[Symbol.iterator](), [], budget);
}

class Memorized extends PyIterator {
  constructor(
    readonly rest: Iterator<Value>,
    readonly seen: Value[],
    readonly budget: Budget,
  ) {
    super(remembering(rest, seen, budget), 'RememberingIterator');
  }

  /** Each walk starts at the beginning. */
  override [Symbol.iterator](): this {
    return new Memorized(this.rest, this.seen, this.budget) as this;
  }
}

function* remembering(rest: Iterator<Value>, seen: Value[], budget: Budget): Generator<Value, undefined> {
  for (let i = 0; ; i++) {
    budget.step();
    if (i >= seen.length) {
      const result = rest.next();
      if (result.done === true) return;
      seen.push(result.value);
    }
    yield seen[i] ?? null;
  }
}
