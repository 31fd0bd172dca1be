import type { HashKey } from '../../../shared/index.js';
import { hashKey, weigh, type Value } from '../../values/index.js';
import type { Runtime } from '../runtime/frame.js';

/** Charges for hashing a value: lists and dicts cost by their size. */
export function weighKey(value: Value, { budget }: Runtime): void {
  if (typeof value !== 'object' || value === null) return;
  weigh(value, budget, ITEM_OF_KEY);
}

/** What each item costs where a key is made of a list or dict. */
const ITEM_OF_KEY = 5;

/** The key under which a value is filed. @throws {UnhashableError} */
export function paidHashKey(value: Value, runtime: Runtime): HashKey {
  weighKey(value, runtime);
  return hashKey(value);
}

/** Remembers values under Python's equality. */
export class HashSet {
  readonly #keys = new Set<HashKey>();

  constructor(readonly runtime: Runtime) {}

  /** Whether the value was new. @throws {UnhashableError} */
  add(value: Value): boolean {
    const key = paidHashKey(value, this.runtime);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }

  has(value: Value): boolean {
    return this.#keys.has(paidHashKey(value, this.runtime));
  }
}
