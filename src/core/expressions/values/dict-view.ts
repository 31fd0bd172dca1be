import {
  dictEntries,
  dictHas,
  dictKeys,
  dictValues,
  jsonEquals,
  PyObject,
  UnhashableError,
  type HashKey,
  type PyDict,
  type Renderer,
} from '../../shared/index.js';
import { sizeOfDict } from './dict-size.js';
import { PySet } from './py-set.js';
import type { Value, ValueObject } from './types.js';

/** A live view of a dict: `keys` and `items` behave as sets, `values` only as something to walk. */
export class DictView extends PyObject {
  readonly typeName: string;

  /** @param pair  makes an item of `items`: a plain array (YAQL, the default) or a tuple (Jinja) */
  constructor(
    readonly kind: 'keys' | 'values' | 'items',
    readonly dict: ValueObject | PyDict<Value>,
    readonly pair: (key: Value, value: Value) => Value = (key, value) => [key, value],
  ) {
    super();
    this.typeName = `dict_${kind}`;
  }

  get size(): number {
    return sizeOfDict(this.dict);
  }

  get isSetLike(): boolean {
    return this.kind !== 'values';
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.toArray()[Symbol.iterator]() as IterableIterator<Value>;
  }

  toArray(): readonly Value[] {
    switch (this.kind) {
      case 'keys':
        return dictKeys<Value>(this.dict);
      case 'values':
        return dictValues<Value>(this.dict);
      case 'items':
        return dictEntries<Value>(this.dict).map(([key, value]) => this.pair(key, value));
    }
  }

  has(item: Value): boolean {
    switch (this.kind) {
      case 'keys':
        return dictHas<Value>(this.dict, item);
      case 'values':
        return dictValues<Value>(this.dict).some((value) => jsonEquals(value, item));
      case 'items':
        return this.toArray().some((pair) => jsonEquals(pair, item));
    }
  }

  /** The same items as a set. @throws {UnhashableError} */
  toSet(): PySet {
    return new PySet(this);
  }

  override equals(other: unknown): boolean {
    if (this === other) return true;
    if (!this.isSetLike) return false;
    if (other instanceof PySet) return other.size === this.size && [...other].every((item) => this.has(item));
    return (
      other instanceof DictView &&
      other.isSetLike &&
      other.size === this.size &&
      this.toArray().every((item) => other.has(item))
    );
  }

  override hashKey(): HashKey {
    if (this.isSetLike) throw new UnhashableError(this.typeName);
    return this;
  }

  override truthy(): boolean {
    return this.size > 0;
  }

  override repr(renderer: Renderer): string {
    return `${this.typeName}([${this.toArray().map(renderer.render).join(', ')}])`;
  }
}
