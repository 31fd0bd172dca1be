import { dictEntries, isDict, toDict, type Dict } from './dict.js';
import { PyDict, type Json } from './py-dict.js';

/** Both dicts in one, recursively: the right value wins unless both are dicts. Neither argument changes. */
export function mergeDicts<L extends Dict, R extends Dict>(left: L, right: R): Dict {
  const merged = new Map<unknown, readonly [Json, Json]>();
  if (left instanceof PyDict || right instanceof PyDict) return mergeAnyKeys(left, right);
  for (const [key, value] of Object.entries(left)) merged.set(key, [key, value]);
  for (const [key, value] of Object.entries(right)) merged.set(key, [key, mergeValues(merged.get(key)?.[1], value)]);
  return toDict([...merged.values()]);
}

function mergeAnyKeys(left: Dict, right: Dict): Dict {
  const merged = new PyDict(dictEntries(left));
  for (const [key, value] of dictEntries(right)) merged.set(key, mergeValues(merged.get(key), value));
  return toDict(merged);
}

function mergeValues(left: Json | undefined, right: Json): Json {
  return isDict(left) && isDict(right) ? mergeDicts(left, right) : right;
}
