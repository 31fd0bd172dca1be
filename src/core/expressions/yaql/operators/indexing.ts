import { dictGet, isDict } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { hashKey, isInt, type Value } from '../../values/index.js';
import { noMatch } from '../runtime/errors.js';
import type { Frame } from '../runtime/frame.js';
import type { DictValue } from '../runtime/kinds.js';
import { weighKey } from '../values/hash-set.js';
import { entryOf } from './property.js';

/** `target[key]`: an entry of a dict, or an item of a list, counted from the end when negative. */
export function index(target: Value, key: Value, frame: Frame): Value {
  if (Array.isArray(target) && (isInt(key) || typeof key === 'boolean'))
    return itemAt(target as readonly Value[], Number(key));
  if (isDict<Value>(target)) {
    weighKey(key, frame.runtime);
    return entryOf(target, key);
  }
  throw noMatch({ name: '#indexer' });
}

/** `dict[key, fallback]`. */
export function indexOr(target: Value, key: Value, fallback: Value, frame: Frame): Value {
  if (!isDict<Value>(target)) throw noMatch({ name: '#indexer' });
  weighKey(key, frame.runtime);
  return entryOr(target, key, fallback);
}

/** The entry of a dict, or the fallback when there is none. @throws {UnhashableError} for a key that can't be one */
export function entryOr<F>(dict: DictValue, key: Value, fallback: F): Value | F {
  const entry = dictGet<Value>(dict, key);
  if (entry !== undefined) return entry;
  hashKey(key);
  return fallback;
}

function itemAt(list: readonly Value[], position: number): Value {
  const item = list.at(position);
  if (item === undefined || position < -list.length) throw new PyError('IndexError', 'tuple index out of range');
  return item;
}
