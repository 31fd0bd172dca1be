import { add, normalInt, PyIterator, truthy, type PyNumber, type Value } from '../../values/index.js';
import { chain } from '../operators/arithmetic.js';
import { declarer, nullable, optional, required } from '../runtime/declaration.js';
import { any, bits, iterable, lambda } from '../runtime/kinds.js';
import type { Lambda } from '../runtime/lambda.js';
import { isList, isSetLike, lazily, memorize, toList, type Walkable } from '../values/iteration.js';
import { markMutable } from '../../../shared/index.js';

const declare = declarer('Queries');

export const COMBINING = [
  declare({
    names: 'append',
    style: 'both',
    parameters: [required('collection', iterable)],
    rest: nullable('args', any),
    doc: 'The items followed by the arguments.',
    example: ['[1].append(2, 3)', '[1, 2, 3]'],
    run: (frame, collection, ...added) => new PyIterator(chain(frame, [collection, added as readonly Value[]])),
  }),
  declare({
    names: 'concat',
    style: 'both',
    parameters: [],
    rest: required('collections', iterable),
    doc: 'The items of all collections, one collection after the other.',
    example: ['[1].concat([2], [3])', '[1, 2, 3]'],
    run: (frame, ...collections) => new PyIterator(chain(frame, collections), 'itertools.chain'),
  }),
  declare({
    names: 'enumerate',
    style: 'both',
    parameters: [required('collection', iterable), optional('start', bits, 0)],
    doc: 'Pairs of a position and an item.',
    example: ['[a, b].enumerate(1)', '[[1, "a"], [2, "b"]]'],
    run: (frame, collection, start) => lazily(frame.runtime, enumerate(collection, normalInt(BigInt(start)))),
  }),
  declare({
    names: 'zip',
    style: 'method',
    parameters: [required('collection', iterable)],
    rest: required('collections', iterable),
    doc: 'Lists of the items at the same position, as long as the shortest collection.',
    example: ['[1, 2].zip([a, b])', '[[1, "a"], [2, "b"]]'],
    run: (frame, ...collections) => lazily(frame.runtime, zip(collections)),
  }),
  declare({
    names: 'zipLongest',
    style: 'method',
    parameters: [required('collection', iterable)],
    rest: required('collections', iterable),
    takesNamed: true,
    doc: 'Like `zip`, as long as the longest collection; `default => x` fills the gaps.',
    example: ['[1, 2].zipLongest([a], default => z)', '[[1, "a"], [2, "z"]]'],
    run: (frame, ...args) => {
      const named = args.pop() as unknown as ReadonlyMap<string, Value>;
      return lazily(frame.runtime, zipLongest(args, named.get('default') ?? null));
    },
  }),
  declare({
    names: 'join',
    style: 'method',
    parameters: [
      required('collection1', iterable),
      required('collection2', iterable),
      required('predicate', lambda),
      required('selector', lambda),
    ],
    doc: 'For all pairs of items (`$1`, `$2`) for which the predicate is true, what the selector makes of them.',
    example: ['[1, 2].join([2, 3], $1 < $2, [$1, $2])', '[[1, 2], [1, 3], [2, 3]]'],
    run: (frame, left, right, predicate, selector) =>
      lazily(frame.runtime, joinPairs(left, memorize(frame.runtime, right), predicate, selector)),
  }),
  declare({
    names: 'defaultIfEmpty',
    style: 'method',
    parameters: [required('collection', iterable), required('default', iterable)],
    doc: 'The collection, or the default when it is empty.',
    example: ['[].defaultIfEmpty([1])', '[1]'],
    run: (frame, collection, fallback) => {
      if (isList(collection)) return collection.length === 0 ? fallback : collection;
      if (isSetLike(collection)) return collection.size === 0 ? fallback : collection;
      const kept = memorize(frame.runtime, collection);
      return kept[Symbol.iterator]().next().done === true ? fallback : kept;
    },
  }),
  declare({
    names: 'reverse',
    style: 'method',
    parameters: [required('collection', iterable)],
    doc: 'The items from the last to the first.',
    example: ['[1, 2, 3].reverse()', '[3, 2, 1]'],
    run: (frame, collection) => {
      const list = toList(frame.runtime, collection);
      frame.runtime.budget.output(list.length);
      return new PyIterator(list.toReversed().values(), 'reversed');
    },
  }),
];

function* enumerate(items: Walkable, start: PyNumber): Generator<Value, undefined> {
  let position = start;
  for (const item of items) {
    yield markMutable([position, item]);
    position = add(position, 1);
  }
}

function* zip(collections: readonly Walkable[]): Generator<Value, undefined> {
  const walks = collections.map((collection) => collection[Symbol.iterator]() as Iterator<Value>);
  for (;;) {
    const row: Value[] = [];
    for (const walk of walks) {
      const next = walk.next();
      if (next.done === true) return;
      row.push(next.value);
    }
    yield row;
  }
}

function* zipLongest(collections: readonly Walkable[], filler: Value): Generator<Value, undefined> {
  const walks = collections.map((collection) => collection[Symbol.iterator]() as Iterator<Value>);
  for (;;) {
    const results = walks.map((walk) => walk.next());
    if (results.every((result) => result.done === true)) return;
    yield results.map((result) => (result.done === true ? filler : result.value));
  }
}

function* joinPairs(left: Walkable, right: Walkable, predicate: Lambda, selector: Lambda): Generator<Value, undefined> {
  for (const a of left) {
    for (const b of right) if (truthy(predicate.call2(a, b))) yield selector.call2(a, b);
  }
}
