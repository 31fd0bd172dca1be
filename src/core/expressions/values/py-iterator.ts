import { PyObject } from '../../shared/index.js';
import type { Value } from './types.js';

/** A lazy sequence that can be walked once; equal only to itself and always true, even when it is at its end. */
export class PyIterator extends PyObject implements IterableIterator<Value> {
  readonly #source: Iterator<Value>;

  constructor(
    source: Iterator<Value>,
    readonly typeName: string = 'generator',
  ) {
    super();
    this.#source = source;
  }

  next(): IteratorResult<Value, undefined> {
    const result = this.#source.next();
    return result.done === true ? { done: true, value: undefined } : result;
  }

  [Symbol.iterator](): this {
    return this;
  }
}
