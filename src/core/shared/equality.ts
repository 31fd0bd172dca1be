import { PyFloat } from './py-float.js';
import { PyObject } from './py-object.js';

/** Python's `==` over data and value objects: `1 == 1.0 == True`, deep for lists and dicts, order of keys ignored. */
export function jsonEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || a === null || b === null) return false;
  const left = numberOf(a);
  if (left !== undefined) {
    const right = numberOf(b);
    // Loose on purpose: `==` compares number with bigint exactly.
    return right !== undefined && left == right;
  }
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (b instanceof PyFloat) return false;
  if (a instanceof PyObject) return a.equals(b);
  if (b instanceof PyObject) return b.equals(a);
  if (Array.isArray(a)) return Array.isArray(b) && listsEqual(a, b);
  return !Array.isArray(b) && objectsEqual(a as Plain, b as Plain);
}

type Plain = Readonly<Record<string, unknown>>;

function numberOf(value: unknown): number | bigint | undefined {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return value instanceof PyFloat ? value.value : undefined;
  }
}

function listsEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!jsonEquals(a[i], b[i])) return false;
  return true;
}

function objectsEqual(a: Plain, b: Plain): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key], b[key]));
}
