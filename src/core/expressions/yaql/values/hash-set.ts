import { hashKey, type Value } from '../../values/index.js';
import type { HashKey } from '../../../shared/index.js';

/** Remembers values under Python's equality. */
export class HashSet {
  readonly #keys = new Set<HashKey>();

  /** Whether the value was new. @throws {UnhashableError} */
  add(value: Value): boolean {
    const key = hashKey(value);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }

  has(value: Value): boolean {
    return this.#keys.has(hashKey(value));
  }
}
