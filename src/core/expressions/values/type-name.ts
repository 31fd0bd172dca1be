import { PyFloat, PyObject } from '../../shared/index.js';
import type { PyNumber } from './types.js';

/** An `int` of Python, `bool` excluded. */
export function isInt(value: unknown): value is number | bigint {
  return typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'bigint';
}

export function isFloat(value: unknown): value is number | PyFloat {
  return typeof value === 'number' ? !Number.isSafeInteger(value) : value instanceof PyFloat;
}

/** An `int` or a `float`, `bool` excluded. */
export function isNumber(value: unknown): value is PyNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat;
}

/** Something that can be walked with `for…of`, except text and dicts: lists, tuples, sets, views, iterators. */
export function isIterable<T>(value: unknown): value is Iterable<T> {
  return Array.isArray(value) || (value instanceof PyObject && value.typeName !== 'dict' && Symbol.iterator in value);
}

/** The name Python gives the type of a value, as in `'<' not supported between instances of 'int' and 'str'`. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isSafeInteger(value) ? 'int' : 'float';
    case 'bigint':
      return 'int';
    default:
      if (value === null || value === undefined) return 'NoneType';
      if (Array.isArray(value)) return 'list';
      if (value instanceof PyFloat) return 'float';
      return value instanceof PyObject ? value.typeName : 'dict';
  }
}
