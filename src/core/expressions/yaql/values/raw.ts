import { dictEntries, isDict, markMutable, toDict } from '../../../shared/index.js';
import type { Value } from '../../values/index.js';

const copies = new WeakMap<object, Value>();

/**
 * Data that reached YAQL without its input conversion, as the answers of Mistral's functions do: its lists and dicts
 * are mutable ones. The copy is made once for each piece of data.
 */
export function rawCopy(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value) && !isDict<Value>(value)) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy = Array.isArray(value)
    ? markMutable((value as readonly Value[]).map(rawCopy))
    : markMutable(
        toDict<Value>(dictEntries<Value>(value as never).map(([key, item]) => [key, rawCopy(item)] as const)),
      );
  copies.set(value, copy);
  return copy;
}
