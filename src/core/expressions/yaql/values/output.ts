import { dictEntries, isDict, PyDict, toDict, UnhashableError } from '../../../shared/index.js';
import { DictView, PyIterator, PySet, type Value } from '../../values/index.js';
import type { Runtime } from '../runtime/frame.js';
import { isWalkable, tooLong } from './iteration.js';
import { Ordering } from './ordering.js';

/**
 * The result of an expression as Mistral sees it: what is lazy becomes a list, views of keys and items become sets.
 * @throws {EvaluationError} for anything lazy that fails, for sets and keys that would hold lists or dicts
 */
export function convertOutput(value: Value, runtime: Runtime): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return convertItems(value as readonly Value[], runtime);
  if (isDict<Value>(value)) return convertDict(value as PyDict<Value>, runtime);
  if (value instanceof PySet || (value instanceof DictView && value.isSetLike)) return convertSet(value, runtime);
  if (isWalkable(value) && (value instanceof DictView || value instanceof Ordering || value instanceof PyIterator)) {
    return convertItems(value, runtime);
  }
  return value;
}

function convertItems(items: Iterable<Value>, runtime: Runtime): Value {
  if (Array.isArray(items)) checkSize(items.length, runtime);
  const list: Value[] = [];
  for (const item of items) {
    list.push(convertOutput(item, runtime));
    runtime.budget.output(1);
    checkSize(list.length, runtime);
  }
  return list;
}

function convertDict(dict: PyDict<Value>, runtime: Runtime): Value {
  const pairs = dictEntries<Value>(dict);
  checkSize(pairs.length, runtime);
  runtime.budget.output(pairs.length);
  return toDict<Value>(pairs.map(([key, value]) => [convertKey(key, runtime), convertOutput(value, runtime)] as const));
}

function convertSet(set: PySet | DictView, runtime: Runtime): Value {
  checkSize(set.size, runtime);
  runtime.budget.output(set.size);
  const converted = new PySet();
  for (const item of set) converted.add(convertKey(item, runtime));
  return converted;
}

/** Lists, dicts and sets were hashable while they were frozen; as output they no longer are. */
function convertKey(key: Value, runtime: Runtime): Value {
  if (typeof key !== 'object' || key === null) return key;
  const converted = convertOutput(key, runtime);
  if (Array.isArray(converted)) throw new UnhashableError('list');
  if (isDict<Value>(converted)) throw new UnhashableError('dict');
  if (converted instanceof PySet) throw new UnhashableError('set');
  return converted;
}

function checkSize(size: number, runtime: Runtime): void {
  if (runtime.limitIterators >= 0 && size > runtime.limitIterators) throw tooLong(runtime.limitIterators);
}
