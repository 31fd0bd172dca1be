import { isGreater, isLess } from '../operators/comparison.js';
import { declarer, required } from '../runtime/declaration.js';
import { iterable, lambda, ordering } from '../runtime/kinds.js';
import type { Frame } from '../runtime/frame.js';
import type { Lambda } from '../runtime/lambda.js';
import { Ordering, type KeyOrder, type OrderKey } from '../values/ordering.js';

const declare = declarer('Queries');

export const ORDERING = [
  declare({
    names: 'orderBy',
    style: 'method',
    parameters: [required('collection', iterable), required('selector', lambda)],
    doc: 'The items in ascending order of what the selector answers; equal ones keep their places, null comes first.',
    example: ['[3, 1, 2].orderBy($)', '[1, 2, 3]'],
    run: (frame, collection, selector) => new Ordering(collection, key(selector, 1), keyOrder(frame)),
  }),
  declare({
    names: 'orderByDescending',
    style: 'method',
    parameters: [required('collection', iterable), required('selector', lambda)],
    doc: 'The items in descending order of what the selector answers.',
    example: ['[3, 1, 2].orderByDescending($)', '[3, 2, 1]'],
    run: (frame, collection, selector) => new Ordering(collection, key(selector, -1), keyOrder(frame)),
  }),
  declare({
    names: 'thenBy',
    style: 'method',
    parameters: [required('collection', ordering), required('selector', lambda)],
    doc: 'After `orderBy`: an ascending key for the items that are equal so far.',
    example: ['[bb, a, aa].orderBy($.len()).thenBy($)', '["a", "aa", "bb"]'],
    run: (_frame, collection, selector) => collection.thenBy(key(selector, 1)),
  }),
  declare({
    names: 'thenByDescending',
    style: 'method',
    parameters: [required('collection', ordering), required('selector', lambda)],
    doc: 'After `orderBy`: a descending key for the items that are equal so far.',
    example: ['[bb, a, aa].orderBy($.len()).thenByDescending($)', '["a", "bb", "aa"]'],
    run: (_frame, collection, selector) => collection.thenBy(key(selector, -1)),
  }),
];

function key(selector: Lambda, direction: OrderKey['direction']): OrderKey {
  return { select: (item) => selector.call1(item), direction };
}

function keyOrder(frame: Frame): KeyOrder {
  return (a, b) => {
    frame.runtime.budget.step(0.25);
    return isLess(a, b, frame) ? -1 : isGreater(a, b, frame) ? 1 : 0;
  };
}
