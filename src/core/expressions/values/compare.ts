import { compareCodePoints, jsonEquals, PyFloat, PyObject } from '../../shared/index.js';
import { PyError } from '../errors.js';
import { PyTuple } from './py-tuple.js';
import { typeName } from './type-name.js';

/** A value object with an order among its own kind, such as a date. */
export interface Ordered {
  /** Negative, zero or positive; `undefined` when the other is of another kind. */
  compareTo(other: unknown): number | undefined;
}

/**
 * Order of two values as Python's `<`: negative, zero or positive, or NaN where a NaN is involved. Numbers (bool
 * included), text by code point, lists and tuples item by item, dates.
 * @param operator  for the message only
 * @throws {PyError} TypeError for kinds without an order
 */
export function compare(a: unknown, b: unknown, operator = '<'): number {
  if (typeof a === 'number' && typeof b === 'number') return order(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : compareCodePoints(a, b);
  const left = comparable(a);
  const right = comparable(b);
  if (left !== undefined && right !== undefined) return order(left, right);
  if (Array.isArray(a) && Array.isArray(b)) return compareItems(a, b, operator);
  if (a instanceof PyTuple && b instanceof PyTuple) return compareItems(a.items, b.items, operator);
  const result = isOrdered(a) ? a.compareTo(b) : undefined;
  if (result !== undefined) return result;
  throw new PyError(
    'TypeError',
    `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

function order(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return a == b ? 0 : NaN;
}

function comparable(value: unknown): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof PyFloat ? value.value : undefined;
}

function compareItems(a: readonly unknown[], b: readonly unknown[], operator: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (!jsonEquals(a[i], b[i])) return compare(a[i], b[i], operator);
  return a.length - b.length;
}

function isOrdered(value: unknown): value is PyObject & Ordered {
  return value instanceof PyObject && 'compareTo' in value;
}
