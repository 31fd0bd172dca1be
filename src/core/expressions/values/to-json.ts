import { isPlainObject, PyDict, PyFloat, PyObject, type Json } from '../../shared/index.js';
import { PyError } from '../errors.js';
import { DateTime, strftime } from './datetime/index.js';
import { isIterable, typeName } from './type-name.js';
import type { Value } from './types.js';

const MAX_DEPTH = 900;

/**
 * What remains of a value when it is stored: tuples, sets, views and iterators become lists, moments become text
 * (`2020-01-31T10:20:30.000000`, no zone). What is data already is returned as it is, not copied.
 * @throws {PyError} TypeError for what has no place in JSON, ValueError for nesting beyond 900 levels
 */
export function toJson(value: Value): Json {
  return convert(value, 0) as Json;
}

/** For `stringifyJson`'s option `other`: the data that one value which is not data stands for. @throws {PyError} */
export function dataOf(value: object): unknown {
  if (value instanceof DateTime) return strftime(value, '%Y-%m-%dT%H:%M:%S.%f');
  if (isIterable<Value>(value)) return Array.from(value);
  throw new PyError('TypeError', `Object of type ${typeName(value)} is not JSON serializable`);
}

function convert(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return value;
  if (depth > MAX_DEPTH) throw new PyError('ValueError', `More than ${MAX_DEPTH} levels of nesting`);
  if (Array.isArray(value)) return convertItems(value, depth);
  if (value instanceof PyDict) return convertDict(value as PyDict<unknown>, depth);
  if (value instanceof PyObject) return convert(dataOf(value), depth + 1);
  return isPlainObject<unknown>(value) ? convertPlain(value, depth) : value;
}

function convertItems(items: readonly unknown[], depth: number): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < items.length; i++) {
    const item = convert(items[i], depth + 1);
    if (item === items[i] || Number.isNaN(item)) continue;
    copy ??= [...items];
    copy[i] = item;
  }
  return copy ?? items;
}

function convertPlain(dict: Readonly<Record<string, unknown>>, depth: number): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(dict)) {
    const item = convert(dict[key], depth + 1);
    if (item === dict[key] || Number.isNaN(item)) continue;
    copy ??= { ...dict };
    copy[key] = item;
  }
  return copy ?? dict;
}

function convertDict(dict: PyDict<unknown>, depth: number): PyDict<unknown> {
  const pairs = [...dict].map(([key, item]) => [key, convert(item, depth + 1)] as const);
  return pairs.every(([key, item]) => item === dict.get(key)) ? dict : new PyDict<unknown>(pairs);
}
