import { dictEntries, isDict, isMutable, markMutable } from '../../../shared/index.js';
import {
  add,
  DateTime,
  floorDivide,
  intCost,
  isInt,
  isNumber,
  modulo,
  multiply,
  negate,
  normalInt,
  PyIterator,
  PySet,
  roundToInt,
  subtract,
  TimeSpan,
  trueDivide,
  type PyNumber,
  type Value,
} from '../../values/index.js';
import { noMatch } from '../runtime/errors.js';
import type { Frame } from '../runtime/frame.js';
import { isSetLike, isTuple, isWalkable, limited, ownSet, toSet, type Walkable } from '../values/iteration.js';
import { fromPairs } from '../values/pairs.js';
import { makeSet } from '../values/python-set.js';
import { aware } from '../values/moments.js';

/** Charges for numbers so long that counting with them takes time. */
function payInts(frame: Frame, a: Value, b: Value): void {
  if (typeof a === 'bigint' || typeof b === 'bigint') frame.runtime.budget.step(intCost(a, b));
}

/** `a + b`: numbers, texts, collections, dicts, moments and time spans. */
export function plus(a: Value, b: Value, frame: Frame): Value {
  payInts(frame, a, b);
  if (isNumber(a) && isNumber(b)) return add(a, b);
  if (typeof a === 'string' && typeof b === 'string') {
    frame.runtime.budget.output(a.length + b.length);
    return a + b;
  }
  if (isWalkable(a) && isWalkable(b))
    return joinCollections(limited(frame.runtime, a), limited(frame.runtime, b), frame);
  if (isDict<Value>(a) && isDict<Value>(b)) {
    const pairs = [...dictEntries<Value>(a), ...dictEntries<Value>(b)];
    return fromPairs(frame, pairs);
  }
  if (a instanceof DateTime && b instanceof TimeSpan) return aware(a).plus(b);
  if (a instanceof TimeSpan && b instanceof DateTime) return aware(b).plus(a);
  if (a instanceof TimeSpan && b instanceof TimeSpan) return a.plus(b);
  throw noMatch({ name: '#operator_+' });
}

/** Two tuples make a tuple, two sets a set; anything else is chained lazily. */
function joinCollections(a: Walkable, b: Walkable, frame: Frame): Value {
  if (isTuple(a) && isTuple(b)) {
    frame.runtime.budget.output(a.length + b.length);
    return [...a, ...b];
  }
  if (a instanceof PySet && b instanceof PySet) {
    frame.runtime.budget.output(a.size + b.size);
    return makeSet(a.union(b), frame.runtime);
  }
  return new PyIterator(chain(frame, [a, b]), 'itertools.chain');
}

/** The items of one collection after the other. */
export function* chain(frame: Frame, parts: readonly Walkable[]): Generator<Value, undefined> {
  for (const part of parts) {
    for (const item of part) {
      frame.runtime.budget.step();
      yield item;
    }
  }
}

export function minus(a: Value, b: Value, frame: Frame): Value {
  payInts(frame, a, b);
  if (isNumber(a) && isNumber(b)) return subtract(a, b);
  if (isSetLike(a) && isSetLike(b)) {
    frame.runtime.budget.step(a.size + b.size);
    return makeSet(ownSet(a, 'difference').difference(toSet(b)), frame.runtime);
  }
  if (a instanceof DateTime && b instanceof TimeSpan) return aware(a).minus(b);
  if (a instanceof DateTime && b instanceof DateTime) return aware(a).since(aware(b));
  if (a instanceof TimeSpan && b instanceof TimeSpan) return a.minus(b);
  throw noMatch({ name: '#operator_-' });
}

export function times(a: Value, b: Value, frame: Frame): Value {
  payInts(frame, a, b);
  if (isNumber(a)) {
    if (isNumber(b)) return multiply(a, b);
    if (b instanceof TimeSpan) return spanOf(multiply(normalInt(b.micros), a));
  }
  if (a instanceof TimeSpan && isNumber(b)) return spanOf(multiply(normalInt(a.micros), b));
  if (isCount(b) && (typeof a === 'string' || Array.isArray(a))) return repeated(a as string, Number(b), frame);
  if (isCount(a) && (typeof b === 'string' || Array.isArray(b))) return repeated(b as string, Number(a), frame);
  throw noMatch({ name: '#operator_*' });
}

function isCount(value: Value): boolean {
  return typeof value === 'boolean' || isInt(value);
}

function repeated(value: string | readonly Value[], count: number, frame: Frame): Value {
  const times = Math.max(0, count);
  frame.runtime.budget.output(value.length === 0 ? 0 : times * value.length);
  if (typeof value === 'string') return value === '' ? '' : value.repeat(times);
  const list: Value[] = [];
  if (value.length > 0) for (let i = 0; i < times; i++) for (const item of value) list.push(item);
  return isMutable(value) ? markMutable(list) : list;
}

/** `a / b`: whole for two integers, otherwise exact; time spans by numbers and by time spans. */
export function divide(a: Value, b: Value, frame: Frame): Value {
  payInts(frame, a, b);
  if (isNumber(a) && isNumber(b)) return isInt(a) && isInt(b) ? floorDivide(a, b) : trueDivide(a, b);
  if (a instanceof TimeSpan && b instanceof TimeSpan) return a.ratioTo(b);
  if (a instanceof TimeSpan && isNumber(b)) return spanOf(trueDivide(normalInt(a.micros), b));
  throw noMatch({ name: '#operator_/' });
}

/** A time span of so many microseconds, which a float holds only nearly when they are many: as in the original. */
function spanOf(micros: PyNumber): TimeSpan {
  return new TimeSpan(BigInt(roundToInt(micros)));
}

export function mod(a: Value, b: Value, frame: Frame): Value {
  payInts(frame, a, b);
  if (isNumber(a) && isNumber(b)) return modulo(a, b);
  throw noMatch({ name: '#operator_mod' });
}

export function negative(value: Value): Value {
  if (isNumber(value)) return negate(value);
  if (value instanceof TimeSpan) return value.negated();
  throw noMatch({ name: '#unary_operator_-' });
}

export function positive(value: Value): Value {
  if (isNumber(value) || value instanceof TimeSpan) return value;
  throw noMatch({ name: '#unary_operator_+' });
}
