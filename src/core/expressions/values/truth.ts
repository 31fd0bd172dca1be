import { PyFloat, PyObject } from '../../shared/index.js';
import { sizeOfDict } from './dict-size.js';
import type { ValueObject } from './types.js';

/** Python's truth: false are null, false, zero of any kind, empty text and empty collections. */
export function truthy(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      // NaN is true in Python.
      return value !== 0;
    case 'bigint':
      return value !== 0n;
    default:
      return typeof value === 'object' && value !== null && objectTruthy(value);
  }
}

function objectTruthy(value: object): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof PyObject) return value.truthy();
  if (value instanceof PyFloat) return value.value !== 0;
  return sizeOfDict(value as ValueObject) > 0;
}
