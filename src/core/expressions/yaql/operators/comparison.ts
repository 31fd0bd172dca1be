import { isMutable } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import {
  compare,
  DateTime,
  DictView,
  intCost,
  isNumber,
  PySet,
  TimeSpan,
  weighBoth,
  type Budget,
  type Value,
} from '../../values/index.js';
import { noMatch } from '../runtime/errors.js';
import type { Frame } from '../runtime/frame.js';
import { charged, isSetLike, isTuple, isWalkable, limited, pythonItems, toSet } from '../values/iteration.js';
import { entryOr } from './indexing.js';
import { aware } from '../values/moments.js';
import { yaqlEquals } from '../values/equality.js';
import { weighKey } from '../values/hash-set.js';

type Sign = '<' | '<=' | '>' | '>=';

export const isLess = comparator(
  '<',
  (order) => order < 0,
  (a, b) => a.size < b.size && a.isSubsetOf(b),
);
export const isLessOrEqual = comparator(
  '<=',
  (order) => order <= 0,
  (a, b) => a.isSubsetOf(b),
);
export const isGreater = comparator(
  '>',
  (order) => order > 0,
  (a, b) => a.size > b.size && b.isSubsetOf(a),
);
export const isGreaterOrEqual = comparator(
  '>=',
  (order) => order >= 0,
  (a, b) => b.isSubsetOf(a),
);

/** Null is smaller than everything else; otherwise numbers, texts, moments, time spans, and sets by inclusion. */
function comparator(sign: Sign, holds: (order: number) => boolean, ofSets: (a: PySet, b: PySet) => boolean) {
  return (a: Value, b: Value, { runtime }: Frame): boolean => {
    if (typeof a === 'number' && typeof b === 'number') return holds(a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN);
    if (a === null || b === null) return holds((a === null ? 0 : 1) - (b === null ? 0 : 1));
    if (a instanceof DateTime && b instanceof DateTime) return holds(compare(aware(a), aware(b), sign));
    if (isOfOneKind(a, b)) return holds(paidCompare(a, b, sign, runtime.budget));
    if (isSetLike(a) && isSetLike(b)) {
      weighBoth(a, b, runtime);
      return ofSets(toSet(a), toSet(b));
    }
    throw noMatch({ name: `#operator_${sign}` });
  };
}

/** Long texts and long ints cost by their length. */
function paidCompare(a: Value, b: Value, sign: Sign, budget: Budget): number {
  if (typeof a === 'string' && typeof b === 'string') budget.step(Math.min(a.length, b.length) >> 6);
  else if (typeof a === 'bigint') budget.step(intCost(a, b));
  return compare(a, b, sign);
}

function isOfOneKind(a: Value, b: Value): boolean {
  if (typeof a === 'string') return typeof b === 'string';
  if (isNumber(a)) return isNumber(b);
  return a instanceof TimeSpan && b instanceof TimeSpan;
}

/** `a in b`: a text in a text, or any value in a collection. */
export function isIn(value: Value, container: Value, frame: Frame): boolean {
  if (typeof container === 'string' && typeof value === 'string') {
    frame.runtime.budget.step(container.length >> 6);
    return container.includes(value);
  }
  if (isWalkable(container)) return contains(frame, container, value);
  throw noMatch({ name: '#operator_in' });
}

/** Whether a collection has an equal item; an iterator is read up to that item. */
export function contains(frame: Frame, container: Value, item: Value): boolean {
  if (!isWalkable(container)) return false;
  const items = limited(frame.runtime, container);
  weighKey(item, frame.runtime);
  if (items instanceof PySet) return items.has(item);
  if (items instanceof DictView && items.kind !== 'values') return viewHas(items, item, frame);
  for (const candidate of charged(frame.runtime, items)) if (yaqlEquals(candidate, item, frame)) return true;
  return false;
}

/** A view looks a key up instead of walking. @throws {PyError} for what can't be a key, or is no pair */
function viewHas({ kind, dict }: DictView, item: Value, frame: Frame): boolean {
  if (kind === 'keys') return entryOr(dict, item, undefined) !== undefined;
  if (isMutable(dict) && !isTuple(item)) return false;
  const pair = [...pythonItems(item)];
  const [key, value] = pair;
  if (key === undefined || value === undefined || pair.length !== 2) {
    throw new PyError('ValueError', `cannot unpack ${pair.length} values (expected 2)`);
  }
  const entry = entryOr(dict, key, undefined);
  return entry !== undefined && yaqlEquals(entry, value, frame);
}
