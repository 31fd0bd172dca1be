import { truthy, type Value } from '../../values/index.js';
import { EvaluationError, PyError } from '../../errors.js';
import { contains, isGreater } from '../operators/comparison.js';
import { plus } from '../operators/arithmetic.js';
import { invoke } from '../runtime/call-site.js';
import { declarer, nullable, optional, optionalNullable, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { any, iterable, iterator, lambda } from '../runtime/kinds.js';
import { charged, lazily, memorize, type Walkable } from '../values/iteration.js';
import { yaqlEquals } from '../values/equality.js';
import type { Lambda } from '../runtime/lambda.js';

const declare = declarer('Queries');

export const FOLDING = [
  declare({
    names: 'any',
    style: 'both',
    parameters: [required('collection', iterable), optional('predicate', lambda, null)],
    doc: 'Whether the predicate is true for some item; without one, whether there is an item at all.',
    example: ['[1, 2].any($ > 1)', 'true'],
    run: (_frame, collection, predicate) => {
      for (const item of collection) if (predicate === null || truthy(predicate.call1(item))) return true;
      return false;
    },
  }),
  declare({
    names: 'all',
    style: 'both',
    parameters: [required('collection', iterable), optional('predicate', lambda, null)],
    doc: 'Whether the predicate, or the item itself, is true for every item.',
    example: ['[1, 2].all($ > 1)', 'false'],
    run: (frame, collection, predicate) => {
      for (const item of charged(frame.runtime, collection)) {
        if (!truthy(predicate === null ? item : predicate.call1(item))) return false;
      }
      return true;
    },
  }),
  declare({
    names: 'len',
    style: 'both',
    parameters: [required('collection', iterator)],
    doc: 'How many items an iterator yields; it is used up.',
    example: ['range(3).len()', '3'],
    run: (frame, collection) => countItems(frame, collection),
  }),
  declare({
    names: 'count',
    style: 'method',
    parameters: [required('collection', iterable)],
    doc: 'How many items a collection has.',
    example: ['[1, 2].count()', '2'],
    run: (frame, collection) => countItems(frame, collection),
  }),
  declare({
    names: 'memorize',
    style: 'method',
    parameters: [required('collection', iterable)],
    doc: 'The same items, which can be walked more than once.',
    example: ['let(a => range(3).memorize()) -> $a.sum() + $a.len()', '6'],
    run: (frame, collection) => memorize(frame.runtime, collection),
  }),
  declare({
    names: 'sum',
    style: 'method',
    parameters: [required('collection', iterable), optionalNullable('initial', any, undefined)],
    doc: 'All items added up with `+`, which joins texts, lists and dicts.',
    example: ['[1, 2, 3].sum()', '6'],
    run: (frame, collection, initial) => fold(frame, collection, initial, (a, b) => plus(a, b, frame)),
  }),
  declare({
    names: 'max',
    style: 'method',
    parameters: [required('collection', iterable), optionalNullable('initial', any, undefined)],
    doc: 'The greatest item.',
    example: ['[1, 3, 2].max()', '3'],
    run: (frame, collection, initial) => fold(frame, collection, initial, extremum(frame, 'max')),
  }),
  declare({
    names: 'min',
    style: 'method',
    parameters: [required('collection', iterable), optionalNullable('initial', any, undefined)],
    doc: 'The least item.',
    example: ['[2, 1, 3].min()', '1'],
    run: (frame, collection, initial) => fold(frame, collection, initial, extremum(frame, 'min')),
  }),
  declare({
    names: ['aggregate', 'reduce'],
    style: 'method',
    parameters: [
      required('collection', iterable),
      required('selector', lambda),
      optionalNullable('seed', any, undefined),
    ],
    doc: 'Folds the items into one value: the selector gets the value so far as `$1` and the item as `$2`.',
    example: ['[1, 2, 3].aggregate($1 * 10 + $2)', '123'],
    run: (frame, collection, selector, seed) => fold(frame, collection, seed, (a, b) => selector.call2(a, b)),
  }),
  declare({
    names: 'accumulate',
    style: 'method',
    parameters: [
      required('collection', iterable),
      required('selector', lambda),
      optionalNullable('seed', any, undefined),
    ],
    doc: 'Like `aggregate`, but with every value on the way.',
    example: ['[1, 2, 3].accumulate($1 + $2)', '[1, 3, 6]'],
    run: (frame, collection, selector, seed) => lazily(frame.runtime, accumulate(collection, selector, seed)),
  }),
  declare({
    names: 'contains',
    style: 'method',
    parameters: [required('collection', iterable), nullable('value', any)],
    doc: 'Whether a collection has an equal item.',
    example: ['[1, 2].contains(2)', 'true'],
    run: (frame, collection, value) => contains(frame, collection, value),
  }),
  declare({
    names: 'indexOf',
    style: 'method',
    parameters: [required('collection', iterable), nullable('item', any)],
    doc: 'The position of the first equal item, or -1.',
    example: ['[a, b, a].indexOf(a)', '0'],
    run: (frame, collection, item) =>
      position(frame, collection, (candidate) => yaqlEquals(candidate, item, frame), 'first'),
  }),
  declare({
    names: 'lastIndexOf',
    style: 'method',
    parameters: [required('collection', iterable), nullable('item', any)],
    doc: 'The position of the last equal item, or -1.',
    example: ['[a, b, a].lastIndexOf(a)', '2'],
    run: (frame, collection, item) =>
      position(frame, collection, (candidate) => yaqlEquals(candidate, item, frame), 'last'),
  }),
  declare({
    names: 'indexWhere',
    style: 'method',
    parameters: [required('collection', iterable), required('predicate', lambda)],
    doc: 'The position of the first item for which the predicate is true, or -1.',
    example: ['[1, 5, 6].indexWhere($ > 4)', '1'],
    run: (frame, collection, predicate) =>
      position(frame, collection, (item) => truthy(predicate.call1(item)), 'first'),
  }),
  declare({
    names: 'lastIndexWhere',
    style: 'method',
    parameters: [required('collection', iterable), required('predicate', lambda)],
    doc: 'The position of the last item for which the predicate is true, or -1.',
    example: ['[1, 5, 6].lastIndexWhere($ > 4)', '2'],
    run: (frame, collection, predicate) => position(frame, collection, (item) => truthy(predicate.call1(item)), 'last'),
  }),
];

function countItems(frame: Frame, items: Walkable): number {
  const walk: Iterator<unknown> = charged(frame.runtime, items)[Symbol.iterator]();
  let size = 0;
  while (walk.next().done !== true) size++;
  return size;
}

export function fold(
  frame: Frame,
  items: Walkable,
  seed: Value | undefined,
  combine: (total: Value, item: Value) => Value,
): Value {
  let total = seed;
  for (const item of charged(frame.runtime, items)) total = total === undefined ? item : combine(total, item);
  if (total === undefined) throw new PyError('TypeError', 'reduce() of empty iterable with no initial value');
  return total;
}

/** The function `max` or `min` of two, which an expression may have replaced. */
function extremum(frame: Frame, name: 'max' | 'min'): (a: Value, b: Value) => Value {
  if (frame.runtime.definitions > 0) return (a, b) => invoke(frame, name, [a, b]);
  return name === 'max' ? (a, b) => (isGreater(b, a, frame) ? b : a) : (a, b) => (isGreater(b, a, frame) ? a : b);
}

function* accumulate(items: Walkable, selector: Lambda, seed: Value | undefined): Generator<Value, undefined> {
  let total = seed;
  if (total !== undefined) yield total;
  for (const item of items) {
    total = total === undefined ? item : selector.call2(total, item);
    yield total;
  }
  if (total === undefined) {
    throw new PyError('TypeError', 'accumulate() of empty sequence with no initial value');
  }
}

function position(frame: Frame, items: Walkable, matches: (item: Value) => boolean, which: 'first' | 'last'): number {
  let found = -1;
  let at = 0;
  for (const item of charged(frame.runtime, items)) {
    if (matches(item)) {
      found = at;
      if (which === 'first') break;
    }
    at++;
  }
  return found;
}

/** What Python reports as StopIteration, without a text of its own. */
export function emptyCollection(name: string): EvaluationError {
  return new EvaluationError(`${name}() of an empty collection`);
}
