import { PyObject } from '../../../shared/index.js';
import type { Value } from '../../values/index.js';

/** One key of an order: which value to compare by, and in which direction. */
export interface OrderKey {
  readonly select: (item: Value) => Value;
  readonly direction: 1 | -1;
}

/** Compares two keys: negative, zero or positive. */
export type KeyOrder = (a: Value, b: Value) => number;

/** The result of `orderBy`: sorted when it is first walked, and walkable again; it has no length and no index. */
export class Ordering extends PyObject {
  readonly typeName = 'OrderingIterable';
  readonly #keys: OrderKey[];
  #sorted: readonly Value[] | null = null;

  constructor(
    readonly source: Iterable<Value>,
    key: OrderKey,
    readonly order: KeyOrder,
  ) {
    super();
    this.#keys = [key];
  }

  /** Adds a key that decides where the earlier ones see no difference. */
  thenBy(key: OrderKey): this {
    this.#keys.push(key);
    return this;
  }

  [Symbol.iterator](): IterableIterator<Value> {
    this.#sorted ??= this.#sort();
    return this.#sorted[Symbol.iterator]() as IterableIterator<Value>;
  }

  #sort(): readonly Value[] {
    const items = [...this.source];
    if (items.length < 2) return items;
    const rows = items.map((item) => ({ item, keys: this.#keys.map((key) => key.select(item)) }));
    rows.sort((a, b) => this.#compare(a.keys, b.keys));
    return rows.map((row) => row.item);
  }

  #compare(a: readonly Value[], b: readonly Value[]): number {
    for (const [i, key] of this.#keys.entries()) {
      const order = this.order(a[i] ?? null, b[i] ?? null);
      if (order !== 0) return order * key.direction;
    }
    return 0;
  }
}
