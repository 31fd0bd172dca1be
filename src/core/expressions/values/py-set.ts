import { compositeKey, hashKey, hashText, PyObject, type HashKey, type Renderer } from '../../shared/index.js';
import type { Value } from './types.js';

/** A set under Python's equality, in insertion order. Values don't change after they were shared: `add` is for building. */
export class PySet extends PyObject {
  readonly typeName: string = 'set';
  readonly #items = new Map<HashKey, Value>();

  /** @throws {UnhashableError} */
  constructor(items: Iterable<Value> = []) {
    super();
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.#items.size;
  }

  has(item: Value): boolean {
    return this.#items.has(hashKey(item));
  }

  /** Adds unless an equal item is there; the first one stays. */
  add(item: Value): this {
    const key = hashKey(item);
    if (!this.#items.has(key)) this.#items.set(key, item);
    return this;
  }

  delete(item: Value): boolean {
    return this.#items.delete(hashKey(item));
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.#items.values();
  }

  union(other: Iterable<Value>): PySet {
    return addAll(new PySet(this), other);
  }

  intersection(other: PySet): PySet {
    return new PySet([...this].filter((item) => other.has(item)));
  }

  difference(other: PySet): PySet {
    return new PySet([...this].filter((item) => !other.has(item)));
  }

  symmetricDifference(other: PySet): PySet {
    return addAll(this.difference(other), other.difference(this));
  }

  isSubsetOf(other: PySet): boolean {
    if (this.size > other.size) return false;
    for (const key of this.#items.keys()) if (!other.#items.has(key)) return false;
    return true;
  }

  override equals(other: unknown): boolean {
    if (other instanceof PySet) return other.size === this.size && this.isSubsetOf(other);
    // A view of a dict that is a set knows how to compare itself with sets.
    return other instanceof PyObject && 'isSetLike' in other && other.equals(this);
  }

  override hashKey(): HashKey {
    return compositeKey('s', [...this.#items.keys()].map(hashText).sort());
  }

  override truthy(): boolean {
    return this.size > 0;
  }

  override repr(renderer: Renderer): string {
    const items = [...this].map(renderer.render).join(', ');
    if (renderer.frozen) return items === '' ? 'frozenset()' : `frozenset({${items}})`;
    return items === '' ? 'set()' : `{${items}}`;
  }
}

function addAll(set: PySet, items: Iterable<Value>): PySet {
  for (const item of items) set.add(item);
  return set;
}
