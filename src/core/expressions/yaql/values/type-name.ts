import { typeName, type Value } from '../../values/index.js';
import { looksMutable } from './raw.js';

/** The name of a value's type inside YAQL, where lists are tuples unless a function made them. */
export function yaqlTypeName(value: Value): string {
  return Array.isArray(value) && !looksMutable(value) ? 'tuple' : typeName(value);
}
