import { PyDict } from '../../shared/index.js';
import type { Value, ValueObject } from './types.js';

/** Sizes of large plain dicts: engines list all keys to count them, or to see that there is one. */
const sizes = new WeakMap<object, number>();
const LARGE = 64;

/** How many entries a dict has. Plain dicts must not change once they have been counted. */
export function sizeOfDict(dict: ValueObject | PyDict<Value>): number {
  if (dict instanceof PyDict) return dict.size;
  const known = sizes.get(dict);
  if (known !== undefined) return known;
  const size = Object.keys(dict).length;
  if (size > LARGE) sizes.set(dict, size);
  return size;
}
