import { dictEntries, isDict, type Json, PyDict, PyFloat, toDict } from '../core/shared/index.js';

/**
 * What an action returned, as data that can be stored: the same value when it is that already, else a copy. Members that
 * are undefined are left out, values with `toJSON` (dates) are replaced by its result.
 * @throws {TypeError} for what JSON can't express, with the path, e.g. `result.items[2] is a function`
 */
export function toJson(value: unknown, path = 'result'): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`${path} is a ${typeof value}`);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${path} is ${value}`);
  if (typeof value !== 'object' || value instanceof PyFloat) return value as Json;
  if (Array.isArray(value)) return listToJson(value, path);
  if (value instanceof PyDict) return dictToJson(value, path);
  if ('toJSON' in value && typeof value.toJSON === 'function') return toJson((value.toJSON as () => unknown)(), path);
  if (isDict<unknown>(value)) return dictToJson(value, path);
  throw new TypeError(`${path} is no plain data but a ${value.constructor.name}`);
}

function listToJson(list: readonly unknown[], path: string): Json {
  const items = list.map((item, index) => toJson(item, `${path}[${index}]`));
  return items.every((item, index) => item === list[index]) ? (list as Json) : items;
}

function dictToJson(dict: PyDict<unknown> | Readonly<Record<string, unknown>>, path: string): Json {
  const given = dictEntries(dict);
  const kept = given.filter(([, member]) => member !== undefined);
  const members = kept.map(([key, member]) => [key as string, toJson(member, `${path}.${String(key)}`)] as const);
  const isSame = kept.length === given.length && members.every(([, member], index) => member === kept[index]?.[1]);
  return isSame && !Object.hasOwn(dict, '__proto__') ? (dict as Json) : toDict(members);
}
