import type { PySet, Value } from '../../values/index.js';
import { declarer, nullable, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { any, set, setLike } from '../runtime/kinds.js';
import { ownSet } from '../values/iteration.js';
import { makeSet } from '../values/python-set.js';
import { unpackIterators } from './lists.js';

const declare = declarer('Sets');

const both = [required('left', setLike), required('right', set)] as const;

export const SETS = [
  declare({
    names: 'set',
    style: 'function',
    parameters: [],
    rest: nullable('args', any),
    doc: 'A set of the arguments; iterators among them are unpacked.',
    example: ['set(1, 2, 1)', '{"$set": [1, 2]}'],
    run: (frame, ...args) => makeSet(unpackIterators(frame, args), frame.runtime),
  }),
  declare({
    names: 'len',
    style: 'both',
    parameters: [required('set', setLike)],
    doc: 'How many items a set has.',
    example: ['set(1, 2).len()', '2'],
    run: (_frame, source) => source.size,
  }),
  declare({
    names: 'union',
    style: 'method',
    parameters: both,
    doc: 'The items of one set or the other.',
    example: ['set(1, 2).union(set(2, 3))', '{"$set": [1, 2, 3]}'],
    run: (frame, left, right) => combined(frame, ownSet(left, 'union'), right, (a, b) => a.union(b)),
  }),
  declare({
    names: 'intersect',
    style: 'method',
    parameters: both,
    doc: 'The items of both sets.',
    example: ['set(1, 2).intersect(set(2, 3))', '{"$set": [2]}'],
    run: (frame, left, right) => combined(frame, ownSet(left, 'intersection'), right, (a, b) => a.intersection(b)),
  }),
  declare({
    names: 'difference',
    style: 'method',
    parameters: both,
    doc: 'The items of the first set that the second does not have.',
    example: ['set(1, 2).difference(set(2, 3))', '{"$set": [1]}'],
    run: (frame, left, right) => combined(frame, ownSet(left, 'difference'), right, (a, b) => a.difference(b)),
  }),
  declare({
    names: 'symmetricDifference',
    style: 'method',
    parameters: both,
    doc: 'The items of one set that the other does not have.',
    example: ['set(1, 2).symmetricDifference(set(2, 3))', '{"$set": [1, 3]}'],
    run: (frame, left, right) =>
      combined(frame, ownSet(left, 'symmetric_difference'), right, (a, b) => a.symmetricDifference(b)),
  }),
  declare({
    names: 'add',
    style: 'method',
    parameters: [required('set', setLike)],
    rest: nullable('values', any),
    doc: 'The set with more items.',
    example: ['set(1).add(2, 3)', '{"$set": [1, 2, 3]}'],
    run: (frame, source, ...values) =>
      combined(frame, ownSet(source, 'union'), makeSet(values as readonly Value[], frame.runtime), (a, b) =>
        a.union(b),
      ),
  }),
  declare({
    names: 'remove',
    style: 'method',
    parameters: [required('set', setLike)],
    rest: nullable('values', any),
    doc: 'The set without some items.',
    example: ['set(1, 2).remove(1)', '{"$set": [2]}'],
    run: (frame, source, ...values) => {
      const gone = makeSet(values, frame.runtime);
      return combined(frame, ownSet(source, 'difference'), gone, (a, b) => a.difference(b));
    },
  }),
];

/** What two sets come to, paid for by the size of both. */
function combined(frame: Frame, left: PySet, right: PySet, combine: (left: PySet, right: PySet) => PySet): PySet {
  frame.runtime.budget.step(left.size + right.size);
  return makeSet(combine(left, right), frame.runtime);
}
