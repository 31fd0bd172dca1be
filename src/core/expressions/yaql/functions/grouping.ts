import { NeedsData } from '../../needs-data.js';
import { isDict, markMutable } from '../../../shared/index.js';
import { BudgetExceeded, PyError } from '../../errors.js';
import { PyIterator, textLength, sizeOfDict, type Value } from '../../values/index.js';
import type { HashKey } from '../../../shared/index.js';
import { declarer, optional, required } from '../runtime/declaration.js';
import { ResolutionError } from '../runtime/errors.js';
import type { Frame } from '../runtime/frame.js';
import { iterable, lambda } from '../runtime/kinds.js';
import type { Lambda } from '../runtime/lambda.js';
import { charged, isSetLike } from '../values/iteration.js';
import { yaqlEquals } from '../values/equality.js';
import { paidHashKey } from '../values/hash-set.js';

const declare = declarer('Queries');

export const GROUPING = [
  declare({
    names: 'groupBy',
    style: 'method',
    parameters: [
      required('collection', iterable),
      required('keySelector', lambda),
      optional('valueSelector', lambda, null),
      optional('aggregator', lambda, null),
    ],
    doc: 'Pairs of a key and the list of its items (or values), keys in the order they first came; the aggregator replaces the list.',
    example: ['[a, bb, c].groupBy($.len())', '[[1, ["a", "c"]], [2, ["bb"]]]'],
    run: (frame, collection, keySelector, valueSelector, aggregator) => {
      const groups = new Map<HashKey, readonly [key: Value, values: Value[]]>();
      for (const item of charged(frame.runtime, collection)) {
        const value = valueSelector === null ? item : valueSelector.call1(item);
        const key = keySelector.call1(item);
        const hash = paidHashKey(key, frame.runtime);
        const group = groups.get(hash);
        if (group) group[1].push(value);
        else groups.set(hash, [key, markMutable([value])]);
      }
      const pairs: readonly Value[] = [...groups.values()];
      return new PyIterator(aggregator === null ? pairs.values() : aggregated(frame, pairs, aggregator), 'map');
    },
  }),
];

/**
 * Old workflows wrote aggregators that take the pair and answer a pair. So when the aggregator can't take the list, it
 * is tried with the pair, unless an earlier group has shown that it was written for lists.
 */
function* aggregated(frame: Frame, pairs: readonly Value[], aggregator: Lambda): Generator<Value, undefined> {
  let failure: unknown = null;
  let mayBeOld = true;
  for (const pair of pairs as readonly (readonly [Value, readonly Value[]])[]) {
    const [key, values] = pair;
    if (failure === null) {
      try {
        const result = aggregator.call1(values);
        mayBeOld &&= looksLikePair(frame, result, values);
        yield [key, result];
        continue;
      } catch (error) {
        if (!isMisfit(error)) throw error;
        failure = error;
      }
    }
    yield oldStyle(aggregator, pair, mayBeOld, failure);
  }
}

function oldStyle(aggregator: Lambda, pair: Value, mayBeOld: boolean, failure: unknown): Value {
  if (!mayBeOld) throw failure;
  let result: Value;
  try {
    result = aggregator.call1(pair);
  } catch (error) {
    throw error instanceof NeedsData || error instanceof BudgetExceeded ? error : failure;
  }
  if (sizeOf(result) === 2) return result;
  throw failure;
}

function looksLikePair(frame: Frame, result: Value, values: readonly Value[]): boolean {
  if (values.length !== 2 || !Array.isArray(result) || result.length !== 2) return false;
  return yaqlEquals((result as readonly Value[])[0] ?? null, values[0] ?? null, frame);
}

function isMisfit(error: unknown): boolean {
  if (error instanceof ResolutionError) return error.reason === 'mismatch';
  return error instanceof PyError && error.kind === 'IndexError';
}

function sizeOf(value: Value): number {
  if (typeof value === 'string') return textLength(value);
  if (Array.isArray(value)) return value.length;
  if (isDict<Value>(value)) return sizeOfDict(value);
  return isSetLike(value) ? value.size : -1;
}
