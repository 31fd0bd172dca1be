import { markMutable } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { PyIterator, type Value } from '../../values/index.js';
import { declarer, nullable, optional, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { any, count, iterable, orderedIterable, sequence } from '../runtime/kinds.js';
import { isWalkable, lazily, pythonItems, toList, type Walkable } from '../values/iteration.js';
import { makeSet } from '../values/python-set.js';

const declare = declarer('Lists');

export const LISTS = [
  declare({
    names: 'list',
    style: 'function',
    parameters: [],
    rest: nullable('args', any),
    doc: 'A list of the arguments; iterators among them are unpacked, lists are not.',
    example: ['list(range(2), 9, [1])', '[0, 1, 9, [1]]'],
    run: (frame, ...args) => unpackIterators(frame, args),
  }),
  declare({
    names: 'toList',
    style: 'method',
    parameters: [required('collection', iterable)],
    doc: 'A list of the items.',
    example: ['range(3).toList()', '[0, 1, 2]'],
    run: (frame, collection) => toList(frame.runtime, collection),
  }),
  declare({
    names: 'toSet',
    style: 'method',
    parameters: [required('collection', iterable)],
    doc: 'A set of the items.',
    example: ['[1, 2, 1].toSet()', '{"$set": [1, 2]}'],
    run: (frame, collection) => makeSet(toList(frame.runtime, collection), frame.runtime),
  }),
  declare({
    names: 'len',
    style: 'both',
    parameters: [required('sequence', sequence)],
    doc: 'How many items a list has.',
    example: ['[1, 2].len()', '2'],
    run: (_frame, list) => list.length,
  }),
  declare({
    names: 'flatten',
    style: 'method',
    parameters: [required('collection', iterable)],
    doc: 'The items with all collections among them unpacked, however deep.',
    example: ['[1, [2, [3]]].flatten()', '[1, 2, 3]'],
    run: (frame, collection) => lazily(frame.runtime, flatten(frame, collection)),
  }),
  declare({
    names: 'delete',
    style: 'method',
    parameters: [required('collection', iterable), required('position', count), optional('count', count, 1)],
    doc: 'The items without `count` of them from a position on; without all of those when `count` is negative.',
    example: ['[0, 1, 2, 3].delete(1, 2)', '[0, 3]'],
    run: (frame, collection, position, size) => lazily(frame.runtime, replaceRange(collection, position, size, null)),
  }),
  declare({
    names: 'replace',
    style: 'method',
    parameters: [
      required('collection', iterable),
      required('position', count),
      nullable('value', any),
      optional('count', count, 1),
    ],
    doc: 'The items with one value instead of `count` of them from a position on.',
    example: ['[0, 1, 2].replace(1, x)', '[0, "x", 2]'],
    run: (frame, collection, position, value, size) =>
      lazily(frame.runtime, replaceRange(collection, position, size, [value])),
  }),
  declare({
    names: 'replaceMany',
    style: 'method',
    parameters: [
      required('collection', iterable),
      required('position', count),
      required('values', iterable),
      optional('count', count, 1),
    ],
    doc: 'The items with many values instead of `count` of them from a position on.',
    example: ['[0, 1, 2].replaceMany(1, [x, y])', '[0, "x", "y", 2]'],
    run: (frame, collection, position, values, size) =>
      lazily(frame.runtime, replaceRange(collection, position, size, values)),
  }),
  declare({
    names: 'insert',
    style: 'method',
    parameters: [required('collection', orderedIterable), required('position', count), nullable('value', any)],
    doc: 'The items of an iterator with a value before the one at a position.',
    example: ['range(3).insert(1, a)', '[0, "a", 1, 2]'],
    run: (frame, collection, position, value) => lazily(frame.runtime, insertLazily(collection, position, [value])),
  }),
  declare({
    names: 'insert',
    style: 'method',
    parameters: [required('collection', sequence), required('position', count), nullable('value', any)],
    doc: 'The list with a value before the one at a position, which may count from the end.',
    example: ['[0, 1, 2].insert(-1, a)', '[0, 1, "a", 2]'],
    run: (frame, list, position, value) => {
      frame.runtime.budget.output(list.length + 1);
      return markMutable(list.toSpliced(position, 0, value));
    },
  }),
  declare({
    names: 'insertMany',
    style: 'method',
    parameters: [required('collection', iterable), required('position', count), required('values', iterable)],
    doc: 'The items with many values before the one at a position.',
    example: ['[0, 1].insertMany(1, [a, b])', '[0, "a", "b", 1]'],
    run: (frame, collection, position, values) =>
      lazily(frame.runtime, insertLazily(collection, Math.max(position, 0), values)),
  }),
];

/** Items as one list, what iterators yield unpacked at any depth. */
export function unpackIterators(frame: Frame, items: readonly Value[]): readonly Value[] {
  const list: Value[] = [];
  const add = (item: Value): void => {
    frame.runtime.budget.step();
    if (item instanceof PyIterator) for (const inner of item) add(inner);
    else list.push(item);
  };
  items.forEach(add);
  return list;
}

/** Without recursion: a deep collection would slow each of its items down. */
function* flatten(frame: Frame, items: Walkable): Generator<Value, undefined> {
  const walks = [items[Symbol.iterator]()];
  for (let walk = walks.at(-1); walk !== undefined; walk = walks.at(-1)) {
    frame.runtime.budget.step();
    const next: IteratorResult<Value, unknown> = walk.next();
    if (next.done === true) walks.pop();
    else if (isWalkable(next.value)) walks.push(next.value[Symbol.iterator]());
    else yield next.value;
  }
}

/** Items with those of a range replaced, by nothing when `values` is null; a negative size reaches to the end. */
function* replaceRange(
  items: Walkable,
  from: number,
  size: number,
  values: Iterable<Value> | null,
): Generator<Value, undefined> {
  let position = 0;
  let isReplaced = false;
  for (const item of items) {
    const isInside = position >= from && (size < 0 || position < from + size);
    position++;
    if (!isInside) yield item;
    else if (!isReplaced && values !== null) {
      isReplaced = true;
      yield* values;
    }
  }
}

function* insertLazily(items: Walkable, position: number, values: Iterable<Value>): Generator<Value, undefined> {
  let at = -1;
  for (const item of items) {
    if (++at === position) yield* values;
    yield item;
  }
  if (position > at) yield* values;
}

/** The first two items of whatever Python can walk. */
export function firstTwo(value: Value): readonly [Value, Value] {
  const found: Value[] = [];
  for (const item of pythonItems(value)) if (found.push(item) === 2) break;
  const [first, second] = found;
  if (first === undefined || second === undefined) throw new PyError('ValueError', 'a pair has fewer than two items');
  return [first, second];
}
