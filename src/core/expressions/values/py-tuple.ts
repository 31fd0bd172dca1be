import { hashItems, jsonEquals, PyObject, strictHashKey, type HashKey, type Renderer } from '../../shared/index.js';
import type { Value } from './types.js';

/** A tuple where lists exist too (Jinja); YAQL's tuples are plain arrays. Never equal to a list. */
export class PyTuple extends PyObject {
  readonly typeName = 'tuple';

  constructor(readonly items: readonly Value[]) {
    super();
  }

  get length(): number {
    return this.items.length;
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.items[Symbol.iterator]() as IterableIterator<Value>;
  }

  override equals(other: unknown): boolean {
    return other instanceof PyTuple && jsonEquals(this.items, other.items);
  }

  override hashKey(): HashKey {
    for (const item of this.items) strictHashKey(item);
    return hashItems(this.items);
  }

  override truthy(): boolean {
    return this.items.length > 0;
  }

  override repr(renderer: Renderer): string {
    const items = this.items.map(renderer.render);
    return items.length === 1 ? `(${items.join()},)` : `(${items.join(', ')})`;
  }
}
