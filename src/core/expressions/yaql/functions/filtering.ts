import { truthy, PyIterator, type Value } from '../../values/index.js';
import { PyError } from '../../errors.js';
import { declarer, optional, optionalNullable, required } from '../runtime/declaration.js';
import type { Frame, Runtime } from '../runtime/frame.js';
import { any, count, iterable, lambda } from '../runtime/kinds.js';
import type { Lambda } from '../runtime/lambda.js';
import { charged, isList, isWalkable, lazily, type Walkable } from '../values/iteration.js';
import { chain } from '../operators/arithmetic.js';
import { emptyCollection } from './folding.js';
import { HashSet } from '../values/hash-set.js';

const declare = declarer('Queries');

export const FILTERING = [
  declare({
    names: ['where', 'filter'],
    style: 'method',
    parameters: [required('collection', iterable), required('predicate', lambda)],
    doc: 'The items for which the predicate is true.',
    example: ['[1, 2, 3].where($ > 1)', '[2, 3]'],
    run: (_frame, collection, predicate) => new PyIterator(filter(collection, predicate), 'filter'),
  }),
  declare({
    names: ['select', 'map'],
    style: 'method',
    parameters: [required('collection', iterable), required('selector', lambda)],
    doc: 'What the selector makes of each item.',
    example: ['[1, 2, 3].select($ * 10)', '[10, 20, 30]'],
    run: (_frame, collection, selector) => new PyIterator(map(collection, selector), 'map'),
  }),
  declare({
    names: 'selectMany',
    style: 'method',
    parameters: [required('collection', iterable), required('selector', lambda)],
    doc: 'What the selector makes of each item, one level of collections unpacked.',
    example: ['[1, 2].selectMany([$, $ * 10])', '[1, 10, 2, 20]'],
    run: (frame, collection, selector) => lazily(frame.runtime, flatMap(frame, collection, selector)),
  }),
  declare({
    names: 'skip',
    style: 'method',
    parameters: [required('collection', iterable), required('count', count)],
    doc: 'The items after the first `count`.',
    example: ['[1, 2, 3].skip(1)', '[2, 3]'],
    run: (frame, collection, skipped) => {
      if (skipped < 0) throw sliceError('Indices');
      return lazily(frame.runtime, slice(collection, skipped, Infinity, frame));
    },
  }),
  declare({
    names: ['limit', 'take'],
    style: 'method',
    parameters: [required('collection', iterable), required('count', count)],
    doc: 'The first `count` items.',
    example: ['[1, 2, 3].limit(2)', '[1, 2]'],
    run: (frame, collection, taken) => {
      if (taken < 0) throw sliceError('Stop argument');
      return lazily(frame.runtime, slice(collection, 0, taken, frame));
    },
  }),
  declare({
    names: 'takeWhile',
    style: 'method',
    parameters: [required('collection', iterable), required('predicate', lambda)],
    doc: 'The items up to the first for which the predicate is false.',
    example: ['[1, 2, 3].takeWhile($ < 3)', '[1, 2]'],
    run: (_frame, collection, predicate) => new PyIterator(takeWhile(collection, predicate), 'itertools.takewhile'),
  }),
  declare({
    names: 'skipWhile',
    style: 'method',
    parameters: [required('collection', iterable), required('predicate', lambda)],
    doc: 'The items from the first for which the predicate is false.',
    example: ['[1, 2, 3, 1].skipWhile($ < 3)', '[3, 1]'],
    run: (frame, collection, predicate) => lazily(frame.runtime, skipWhile(collection, predicate)),
  }),
  declare({
    names: 'distinct',
    style: 'both',
    parameters: [required('collection', iterable), optional('keySelector', lambda, null)],
    doc: 'The items without those that equal an earlier one, or have an equal key.',
    example: ['[1, 2, 1].distinct()', '[1, 2]'],
    run: (frame, collection, keySelector) => lazily(frame.runtime, distinct(frame.runtime, collection, keySelector)),
  }),
  declare({
    names: 'first',
    style: 'method',
    parameters: [required('collection', iterable), optionalNullable('default', any, undefined)],
    doc: 'The first item; the default, or an error, when there is none.',
    example: ['[1, 2].first()', '1'],
    run: (_frame, collection, fallback) => {
      for (const item of collection) return item;
      if (fallback === undefined) throw emptyCollection('first');
      return fallback;
    },
  }),
  declare({
    names: 'last',
    style: 'method',
    parameters: [required('collection', iterable), optionalNullable('default', any, undefined)],
    doc: 'The last item; the default, or an error, when there is none.',
    example: ['[1, 2].last()', '2'],
    run: (frame, collection, fallback) => {
      let last: Value | undefined = fallback;
      if (isList(collection)) last = collection.length === 0 ? fallback : collection.at(-1);
      else for (const item of charged(frame.runtime, collection)) last = item;
      if (last === undefined) throw emptyCollection('last');
      return last;
    },
  }),
  declare({
    names: 'single',
    style: 'method',
    parameters: [required('collection', iterable)],
    doc: 'The only item; an error when there is none or more than one.',
    example: ['[7].single()', '7'],
    run: (_frame, collection) => {
      const items = collection[Symbol.iterator]();
      const first = items.next();
      if (first.done === true) throw emptyCollection('single');
      if (items.next().done !== true) throw new PyError('ValueError', 'Collection contains more than one item');
      return first.value;
    },
  }),
];

export function* filter(items: Walkable, predicate: Lambda): Generator<Value, undefined> {
  for (const item of items) if (truthy(predicate.call1(item))) yield item;
}

export function* map(items: Walkable, selector: Lambda): Generator<Value, undefined> {
  for (const item of items) yield selector.call1(item);
}

function* flatMap(frame: Frame, items: Walkable, selector: Lambda): Generator<Value, undefined> {
  for (const item of items) {
    const inner = selector.call1(item);
    if (isWalkable(inner)) yield* chain(frame, [inner]);
    else yield inner;
  }
}

export function* slice(items: Iterable<Value>, from: number, size: number, frame: Frame): Generator<Value, undefined> {
  if (size <= 0) return;
  let position = 0;
  for (const item of items) {
    frame.runtime.budget.step();
    if (position++ < from) continue;
    yield item;
    if (position - from >= size) return;
  }
}

function* takeWhile(items: Walkable, predicate: Lambda): Generator<Value, undefined> {
  for (const item of items) {
    if (!truthy(predicate.call1(item))) return;
    yield item;
  }
}

function* skipWhile(items: Walkable, predicate: Lambda): Generator<Value, undefined> {
  let isSkipping = true;
  for (const item of items) {
    isSkipping &&= truthy(predicate.call1(item));
    if (!isSkipping) yield item;
  }
}

export function* distinct(runtime: Runtime, items: Walkable, keySelector: Lambda | null): Generator<Value, undefined> {
  const seen = new HashSet(runtime);
  for (const item of items) if (seen.add(keySelector === null ? item : keySelector.call1(item))) yield item;
}

function sliceError(what: string): PyError {
  return new PyError('ValueError', `${what} for islice() must be None or an integer: 0 <= x <= sys.maxsize.`);
}
