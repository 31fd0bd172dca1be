import { dictEntries, dictGet, isDict, isMutable } from '../../../shared/index.js';
import { DictView, equals, weighBoth, sizeOfDict, type Value } from '../../values/index.js';
import type { Frame } from '../runtime/frame.js';

/** Equality of YAQL: as Python's, where a list (made mutable by a function) never equals a tuple. Costs by size. */
export function yaqlEquals(a: Value, b: Value, { runtime }: Frame): boolean {
  if (a === b) return true;
  weighBoth(a, b, runtime);
  return same(a, b);
}

function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return equals(a, b);
  if (Array.isArray(a)) return Array.isArray(b) && listsEqual(a as readonly Value[], b as readonly Value[]);
  if (b instanceof DictView) return equals(b, a);
  return isDict<Value>(a) && isDict<Value>(b) ? dictsEqual(a, b) : equals(a, b);
}

function listsEqual(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length || isMutable(a) !== isMutable(b)) return false;
  return a.every((item, i) => same(item, b[i] ?? null));
}

type DictOf = Extract<Value, { readonly [key: string]: Value }> | Parameters<typeof dictEntries<Value>>[0];

function dictsEqual(a: DictOf, b: DictOf): boolean {
  if (sizeOfDict(a) !== sizeOfDict(b)) return false;
  return dictEntries<Value>(a).every(([key, value]) => {
    const other = dictGet<Value>(b, key);
    return other !== undefined && same(value, other);
  });
}
