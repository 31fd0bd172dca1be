import { UnhashableError } from './errors.js';
import { PyFloat } from './py-float.js';
import { PyObject, type HashKey } from './py-object.js';

const COMPOSITE = '\u0000';
const mutable = new WeakSet();
const identities = new WeakMap<PyObject, number>();
let lastIdentity = 0;

/** Marks a list or dict as one that Python would have made mutable, hence unhashable; returns it. */
export function markMutable<T extends object>(value: T): T {
  mutable.add(value);
  return value;
}

/** Whether {@link markMutable} was called for this very object. */
export function isMutable(value: object): boolean {
  return mutable.has(value);
}

/**
 * The key under which Python's dict would file a value. Plain lists and dicts count as frozen (YAQL's tuples and frozen
 * dicts) unless marked mutable.
 * @throws {UnhashableError} for what is marked mutable, at any depth
 */
export function hashKey(value: unknown): HashKey {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 0 ? `${COMPOSITE}s${value}` : value;
    case 'number':
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value + 0;
    case 'boolean':
      return value ? 1 : 0;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'object':
      return value === null ? null : hashObject(value);
    default:
      throw new UnhashableError(typeof value);
  }
}

/** Like {@link hashKey}, but lists and dicts are never hashable: the rule of Python itself, hence of Jinja. */
export function strictHashKey(value: unknown): HashKey {
  if (typeof value === 'object' && value !== null && !(value instanceof PyFloat) && !(value instanceof PyObject)) {
    throw new UnhashableError(Array.isArray(value) ? 'list' : 'dict');
  }
  return hashKey(value);
}

/** One text per hash key, for building the key of a container from those of its items. */
export function hashText(key: HashKey): string {
  if (typeof key === 'string') return `${key.length}:${key}`;
  if (key === null) return '~';
  if (typeof key === 'object') return `#${identityOf(key)};`;
  // Zero may be negative here, and both kinds of zero are one key.
  return `${key === 0 ? 0 : key};`;
}

/** The hash key of a container: `kind` keeps tuples, sets and dicts apart. */
export function compositeKey(kind: string, parts: readonly string[]): string {
  return `${COMPOSITE}${kind}${parts.length}(${parts.join('')})`;
}

function hashObject(value: object): HashKey {
  if (value instanceof PyFloat) return hashKey(value.value);
  if (value instanceof PyObject) return value.hashKey();
  if (Array.isArray(value)) {
    if (mutable.has(value)) throw new UnhashableError('list');
    return hashItems(value);
  }
  if (mutable.has(value)) throw new UnhashableError('dict');
  return hashPairs(Object.entries(value));
}

/** The hash key of a list or tuple of these items. */
export function hashItems(items: readonly unknown[]): HashKey {
  return compositeKey(
    't',
    items.map((item) => hashText(hashKey(item))),
  );
}

/** The hash key of a dict of these pairs, whatever their order. */
export function hashPairs(pairs: readonly (readonly [unknown, unknown])[]): HashKey {
  return compositeKey('d', pairs.map(([key, item]) => hashText(hashKey(key)) + hashText(hashKey(item))).sort());
}

function identityOf(value: PyObject): number {
  const known = identities.get(value);
  if (known !== undefined) return known;
  identities.set(value, ++lastIdentity);
  return lastIdentity;
}
