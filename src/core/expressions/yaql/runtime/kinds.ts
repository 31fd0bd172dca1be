import { isDict, type PyDict } from '../../../shared/index.js';
import {
  isInt,
  isNumber,
  PyIterator,
  PySet,
  DictView,
  type PyNumber,
  type Value,
  type ValueObject,
} from '../../values/index.js';
import { charged, isList, isSetLike, isWalkable, limited, toSet, type Walkable } from '../values/iteration.js';
import { Ordering } from '../values/ordering.js';
import type { Frame, Kind } from './frame.js';
import type { Lambda } from './lambda.js';

/** A `key => value` argument, evaluated. */
export class Pair {
  constructor(
    readonly key: Value,
    readonly value: Value,
  ) {}
}

/** A `key => value` argument whose sides are evaluated on demand. */
export interface Rule {
  readonly key: () => Value;
  readonly value: () => Value;
}

export type DictValue = ValueObject | PyDict<Value>;

export const any: Kind<Value> = { name: 'any', nature: 'eager', accepts: () => true };

export const text: Kind<string> = { name: 'string', nature: 'eager', accepts: (value) => typeof value === 'string' };

export const bool: Kind<boolean> = { name: 'boolean', nature: 'eager', accepts: (value) => typeof value === 'boolean' };

export const integer: Kind<number | bigint> = { name: 'integer', nature: 'eager', accepts: isInt };

export const number: Kind<PyNumber> = { name: 'number', nature: 'eager', accepts: isNumber };

/** An integer, or a boolean that counts as one; arrives as a number, huge ones as the nearest double. */
export const count: Kind<number> = {
  name: 'integer',
  nature: 'eager',
  accepts: (value) => typeof value === 'boolean' || isInt(value),
  convert: (value) => Number(value),
};

/** Like {@link count}, but exact. */
export const bits: Kind<number | bigint | boolean> = { name: 'integer', nature: 'eager', accepts: count.accepts };

export const iterable: Kind<Walkable> = {
  name: 'collection',
  nature: 'eager',
  accepts: isWalkable,
  convert: (value, frame) => limited(frame.runtime, paidView(value as Walkable, frame)),
  broader: [any],
};

/** Walking a view begins with a list of the whole. */
function paidView(items: Walkable, frame: Frame): Walkable {
  if (items instanceof DictView) frame.runtime.budget.step(items.size >> 3);
  return items;
}

export const iterator: Kind<PyIterator> = {
  name: 'iterator',
  nature: 'eager',
  accepts: (value) => value instanceof PyIterator,
};

/** A collection that keeps an order: anything but a set. */
export const orderedIterable: Kind<Walkable> = {
  ...iterable,
  name: 'collection except set',
  accepts: (value) => isWalkable(value) && !isSetLike(value),
};

export const sequence: Kind<readonly Value[]> = {
  name: 'list',
  nature: 'eager',
  accepts: isList,
  broader: [any, iterable, orderedIterable],
};

export const ordering: Kind<Ordering> = {
  name: 'ordering',
  nature: 'eager',
  accepts: (value) => value instanceof Ordering,
};

export const dict: Kind<DictValue> = {
  name: 'dict',
  nature: 'eager',
  accepts: (value) => isDict<Value>(value),
  broader: [any],
};

export const setLike: Kind<PySet | DictView> = { name: 'set', nature: 'eager', accepts: isSetLike };

export const set: Kind<PySet> = {
  name: 'set',
  nature: 'eager',
  accepts: isSetLike,
  convert: (value, frame) => toSet(charged(frame.runtime, value as PySet)),
};

export const lambda: Kind<Lambda> = { name: 'lambda', nature: 'lambda', accepts: () => true };

export const rule: Kind<Rule> = { name: 'rule', nature: 'rule', accepts: () => true };

export const pair: Kind<Pair> = { name: 'pair', nature: 'pair', accepts: () => true, broader: [any] };
