import type { PyDict } from './py-dict.js';
import type { PyFloat } from './py-float.js';

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
