import { type Dict, dictEntries, isDict, type Json, PyFloat, stringifyJson } from '../core/shared/index.js';

/**
 * The value as plain JavaScript: whole floats become numbers, dicts plain objects; integers beyond 2^53 stay `bigint`,
 * because a rounded identifier would be worse than an unusual type.
 */
export function plainValue(value: Json): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof PyFloat) return value.value;
  if (Array.isArray(value)) return value.map(plainValue);
  return isDict(value) ? plainObject(value) : value;
}

/** The dict as a plain object with plain values. */
export function plainObject(dict: Dict): Record<string, unknown> {
  return Object.fromEntries(dictEntries(dict).map(([key, value]) => [keyText(key), plainValue(value)]));
}

/** The dict as a plain object whose values are left as they are. */
export function shallowObject(dict: Dict): Readonly<Record<string, Json>> {
  return Object.fromEntries(dictEntries(dict).map(([key, value]) => [keyText(key), value]));
}

/** JSON has text keys only; the few dicts with others come from expressions. */
function keyText(key: Json): string {
  return typeof key === 'string' ? key : stringifyJson(key);
}
