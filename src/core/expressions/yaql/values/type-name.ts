import { isMutable } from '../../../shared/index.js';
import { typeName, type Value } from '../../values/index.js';

/** The name of a value's type inside YAQL, where lists are tuples unless a function made them. */
export function yaqlTypeName(value: Value): string {
  return Array.isArray(value) && !isMutable(value) ? 'tuple' : typeName(value);
}
