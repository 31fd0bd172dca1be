import { jsonEquals } from './equality.js';
import { UnhashableError } from './errors.js';
import { hashKey, hashPairs, isMutable } from './hash.js';
import type { PyFloat } from './py-float.js';
import { PyObject, type HashKey } from './py-object.js';

/**
 * A JSON value without loss: integers are `number` (safe) or `bigint`, floats are `number` with a fraction or
 * {@link PyFloat} when integral (`4.0`), objects are plain objects or {@link PyDict} where a plain object could not
 * keep the order (keys that look like array indexes) or the key (`__proto__`).
 */
export type Json = null | boolean | number | bigint | string | PyFloat | readonly Json[] | JsonObject | PyDict;

/** A JSON object with text keys in insertion order. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A dict with keys of any kind in insertion order, under Python's equality: `1`, `1.0` and `true` are one key. */
export class PyDict<V = Json> extends PyObject {
  readonly typeName: string = 'dict';
  readonly #pairs = new Map<HashKey, [V, V]>();

  constructor(pairs: Iterable<readonly [V, V]> = []) {
    super();
    for (const [key, value] of pairs) this.set(key, value);
  }

  get size(): number {
    return this.#pairs.size;
  }

  get(key: unknown): V | undefined {
    return this.#pairs.get(hashKey(key))?.[1];
  }

  has(key: unknown): boolean {
    return this.#pairs.has(hashKey(key));
  }

  /** Adds or replaces; the first key object stays, as in Python. */
  set(key: V, value: V): this {
    const hash = hashKey(key);
    const pair = this.#pairs.get(hash);
    if (pair) pair[1] = value;
    else this.#pairs.set(hash, [key, value]);
    return this;
  }

  delete(key: unknown): boolean {
    return this.#pairs.delete(hashKey(key));
  }

  clear(): void {
    this.#pairs.clear();
  }

  *keys(): IterableIterator<V> {
    for (const pair of this.#pairs.values()) yield pair[0];
  }

  *values(): IterableIterator<V> {
    for (const pair of this.#pairs.values()) yield pair[1];
  }

  entries(): IterableIterator<readonly [V, V]> {
    return this.#pairs.values();
  }

  [Symbol.iterator](): IterableIterator<readonly [V, V]> {
    return this.#pairs.values();
  }

  override truthy(): boolean {
    return this.size > 0;
  }

  override hashKey(): HashKey {
    if (isMutable(this)) throw new UnhashableError('dict');
    return hashPairs([...this.entries()]);
  }

  override equals(other: unknown): boolean {
    if (this === other) return true;
    if (typeof other !== 'object' || other === null || Array.isArray(other)) return false;
    if (other instanceof PyObject && !(other instanceof PyDict)) return false;
    const theirs: readonly (readonly [unknown, unknown])[] =
      other instanceof PyDict ? [...(other as PyDict<unknown>).entries()] : Object.entries(other);
    return (
      theirs.length === this.size && theirs.every(([key, value]) => this.has(key) && jsonEquals(this.get(key), value))
    );
  }

  /** For plain `JSON.stringify`: keys become text and an own `__proto__` survives. */
  toJSON(): Record<string, V> {
    const plain = Object.create(null) as Record<string, V>;
    for (const [key, value] of this.#pairs.values()) plain[String(key)] = value;
    return plain;
  }
}
