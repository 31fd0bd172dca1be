import { toDict, type PyDict } from '../../../shared/index.js';
import type { Value, ValueObject } from '../../values/index.js';
import type { Frame } from '../runtime/frame.js';
import { weighKey } from './hash-set.js';

/** A dict of pairs, paid for by their number and by the size of keys that are lists or dicts. */
export function fromPairs(
  { runtime }: Frame,
  pairs: readonly (readonly [Value, Value])[],
): ValueObject | PyDict<Value> {
  runtime.budget.output(2 * pairs.length);
  for (const [key] of pairs) weighKey(key, runtime);
  return toDict<Value>(pairs);
}
