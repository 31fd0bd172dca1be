import { markMutable } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { truthy, type Value } from '../../values/index.js';
import { yaqlEquals } from '../values/equality.js';
import { declarer, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { count, iterable, lambda } from '../runtime/kinds.js';
import type { Lambda } from '../runtime/lambda.js';
import { lazily, toList, type Walkable } from '../values/iteration.js';

const declare = declarer('Queries');

export const SLICING = [
  declare({
    names: 'slice',
    style: 'method',
    parameters: [required('collection', iterable), required('length', count)],
    doc: 'The items in lists of this length; the last one may be shorter.',
    example: ['[1, 2, 3].slice(2)', '[[1, 2], [3]]'],
    run: (frame, collection, length) => lazily(frame.runtime, chunks(collection, length)),
  }),
  declare({
    names: 'splitWhere',
    style: 'method',
    parameters: [required('collection', iterable), required('predicate', lambda)],
    doc: 'Lists of the items between those for which the predicate is true.',
    example: ['[1, 0, 2, 3].splitWhere($ = 0)', '[[1], [2, 3]]'],
    run: (frame, collection, predicate) => lazily(frame.runtime, splitWhere(frame, collection, predicate)),
  }),
  declare({
    names: 'sliceWhere',
    style: 'method',
    parameters: [required('collection', iterable), required('predicate', lambda)],
    doc: 'Lists of neighbours for which the predicate has the same value.',
    example: ['[1, 2, 8, 9, 3].sliceWhere($ > 5)', '[[1, 2], [8, 9], [3]]'],
    run: (frame, collection, predicate) => lazily(frame.runtime, sliceWhere(frame, collection, predicate)),
  }),
  declare({
    names: 'splitAt',
    style: 'method',
    parameters: [required('collection', iterable), required('index', count)],
    doc: 'Two lists: the items before the position and the rest.',
    example: ['[1, 2, 3].splitAt(1)', '[[1], [2, 3]]'],
    run: (frame, collection, index) => {
      const list = toList(frame.runtime, collection);
      frame.runtime.budget.output(list.length);
      return markMutable([list.slice(0, index), list.slice(index)]);
    },
  }),
];

function* chunks(items: Walkable, length: number): Generator<Value, undefined> {
  if (length < 0) {
    throw new PyError('ValueError', 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  }
  if (length === 0) return;
  let chunk: Value[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < length) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function* splitWhere(frame: Frame, items: Walkable, predicate: Lambda): Generator<Value, undefined> {
  const list = toList(frame.runtime, items);
  let start = 0;
  for (const [end, item] of list.entries()) {
    if (!truthy(predicate.call1(item))) continue;
    yield list.slice(start, end);
    start = end + 1;
  }
  if (start < list.length) yield list.slice(start);
}

function* sliceWhere(frame: Frame, items: Walkable, predicate: Lambda): Generator<Value, undefined> {
  const list = toList(frame.runtime, items);
  let start = 0;
  let before: Value | undefined;
  for (const [end, item] of list.entries()) {
    const mark = predicate.call1(item);
    if (before !== undefined && !yaqlEquals(mark, before, frame)) {
      yield list.slice(start, end);
      start = end;
    }
    before = mark;
  }
  if (start < list.length) yield list.slice(start);
}
