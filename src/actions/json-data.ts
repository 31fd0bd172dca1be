import { dictEntries, isDict, type Json, PyFloat, toDict } from '../core/shared/index.js';

/**
 * What an action returned, as data that can be stored. Members that are undefined are left out, values with `toJSON`
 * (dates) are replaced by its result.
 * @throws {TypeError} for what JSON can't express, with the path, e.g. `result.items[2] is a function`
 */
export function toJson(value: unknown, path = 'result'): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`${path} is a ${typeof value}`);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${path} is ${value}`);
  if (typeof value !== 'object' || value instanceof PyFloat) return value as Json;
  if (Array.isArray(value)) return value.map((item, index) => toJson(item, `${path}[${index}]`));
  if ('toJSON' in value && typeof value.toJSON === 'function') return toJson((value.toJSON as () => unknown)(), path);
  if (!isDict<unknown>(value)) throw new TypeError(`${path} is no plain data but a ${value.constructor.name}`);
  const kept = dictEntries(value).filter(([, member]) => member !== undefined);
  return toDict(kept.map(([key, member]) => [key as string, toJson(member, `${path}.${String(key)}`)]));
}
