import { PyDict, type Json, type JsonObject } from './py-dict.js';

/** A dict in either of its two forms. */
export type Dict = JsonObject | PyDict;

interface PlainOf<V> {
  readonly [key: string]: V;
}
type DictOf<V> = PlainOf<V> | PyDict<V>;

/** Whether a value is a dict: a plain object or a {@link PyDict}, but no other value object. */
export function isDict<V = Json>(value: unknown): value is DictOf<V> {
  return isPlainObject(value) || value instanceof PyDict;
}

/** Whether a value is a plain object, even one made in another realm. */
export function isPlainObject<V = Json>(value: unknown): value is PlainOf<V> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The value under a key, `undefined` when missing; never reads from a prototype. */
export function dictGet<V = Json>(dict: DictOf<V>, key: unknown): V | undefined {
  if (dict instanceof PyDict) return dict.get(key);
  return typeof key === 'string' && Object.hasOwn(dict, key) ? dict[key] : undefined;
}

export function dictHas<V = Json>(dict: DictOf<V>, key: unknown): boolean {
  if (dict instanceof PyDict) return dict.has(key);
  return typeof key === 'string' && Object.hasOwn(dict, key);
}

/** Keys in order; text unless the dict is a {@link PyDict}. */
export function dictKeys<V = Json>(dict: DictOf<V>): readonly (V | string)[] {
  return dict instanceof PyDict ? [...dict.keys()] : Object.keys(dict);
}

export function dictValues<V = Json>(dict: DictOf<V>): readonly V[] {
  return dict instanceof PyDict ? [...dict.values()] : Object.values(dict);
}

/** Pairs in order, e.g. `[['a', 1]]`. */
export function dictEntries<V = Json>(dict: DictOf<V>): readonly (readonly [V | string, V])[] {
  return dict instanceof PyDict ? [...dict.entries()] : Object.entries(dict);
}

export function dictSize<V = Json>(dict: DictOf<V>): number {
  return dict instanceof PyDict ? dict.size : Object.keys(dict).length;
}

/**
 * A dict of these pairs, the last value of equal keys winning: a plain object where that keeps keys and order, otherwise
 * a {@link PyDict}.
 */
export function toDict<V = Json>(pairs: Iterable<readonly [V | string, V]>): DictOf<V> {
  const list = Array.isArray(pairs) ? (pairs as readonly (readonly [V | string, V])[]) : [...pairs];
  if (!fitsPlainObject(list)) return new PyDict<V>(list as readonly (readonly [V, V])[]);
  const plain: Record<string, V> = {};
  for (const pair of list) plain[pair[0] as string] = pair[1];
  return plain;
}

/** Whether a plain object would list these pairs in the given order, with the keys as they are. */
function fitsPlainObject(pairs: readonly (readonly [unknown, unknown])[]): boolean {
  let lastIndex = -1;
  let sawText = false;
  for (const [key] of pairs) {
    if (typeof key !== 'string' || key === '__proto__') return false;
    if (isIndexLike(key)) {
      const index = Number(key);
      if (sawText || index <= lastIndex) return false;
      lastIndex = index;
    } else sawText = true;
  }
  return true;
}

/** Whether engines would move this key before all others: `0`, `17`, but not `01`. */
export function isIndexLike(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57 && key.length <= 10 && String(Number(key) >>> 0) === key && key !== '4294967295';
}
