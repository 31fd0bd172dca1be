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
    const rows = items.map((item): Row => ({ item, keys: [] }));
    rows.sort((a, b) => this.#compare(a, b));
    return rows.map((row) => row.item);
  }

  /** A key is only asked for when the ones before it have not decided. */
  #compare(a: Row, b: Row): number {
    for (const [i, key] of this.#keys.entries()) {
      const left = (a.keys[i] ??= { value: key.select(a.item) });
      const right = (b.keys[i] ??= { value: key.select(b.item) });
      const order = this.order(left.value, right.value);
      if (order !== 0) return order * key.direction;
    }
    return 0;
  }
}

/** An item with the keys that were asked for so far. */
interface Row {
  readonly item: Value;
  readonly keys: { readonly value: Value }[];
}
