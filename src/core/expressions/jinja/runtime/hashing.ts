import { isDict, strictHashKey, UnhashableError } from '../../../shared/index.js';
import { PySet, PyTuple, type Value } from '../../values/index.js';

/** Python has no hash for lists, dicts and sets, nor for tuples that hold them. @throws {UnhashableError} */
export function checkHashable(value: Value): void {
  if (typeof value !== 'object' || value === null) return;
  if (isDict<Value>(value)) throw new UnhashableError('dict');
  if (value instanceof PySet) throw new UnhashableError('set');
  if (value instanceof PyTuple) value.items.forEach(checkHashable);
  else strictHashKey(value);
}
