import type { PyDict, PyFloat, PyObject } from '../../shared/index.js';

/**
 * What an expression can hold. Data of the engine is used in place, so every `Json` is a `Value`; whatever else a
 * language needs (sets, tuples, dates, iterators, its contexts and functions) is a {@link PyObject}.
 */
export type Value =
  null | boolean | number | bigint | string | PyFloat | readonly Value[] | ValueObject | PyDict<Value> | PyObject;

export interface ValueObject {
  readonly [key: string]: Value;
}

/** A number of Python: `int` is a safe integer or a bigint, `float` is any other number or a {@link PyFloat}. */
export type PyNumber = number | bigint | PyFloat;
