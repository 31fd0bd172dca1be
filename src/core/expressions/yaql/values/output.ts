import { dictEntries, isDict, PyDict, toDict, UnhashableError } from '../../../shared/index.js';
import { DictView, PyIterator, PySet, type Value } from '../../values/index.js';
import type { Runtime } from '../runtime/frame.js';
import { isWalkable, tooLong } from './iteration.js';
import { Ordering } from './ordering.js';

/**
 * The result of an expression as Mistral sees it: what is lazy becomes a list, views of keys and items become sets.
 * A set that would hold lists or dicts is an error in the original, a list in ours.
 * @throws {EvaluationError} for anything lazy that fails, for keys that would be lists or dicts
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
  const items = Array.from(set, (item) => convertOutput(item, runtime));
  const misfit = items.map(mutableKind).find((kind) => kind !== null) ?? null;
  if (misfit === null) return new PySet(items);
  if (runtime.asOriginal) throw new UnhashableError(misfit);
  return items;
}

/** Lists, dicts and sets were hashable while they were frozen; as output they no longer are. */
function convertKey(key: Value, runtime: Runtime): Value {
  if (typeof key !== 'object' || key === null) return key;
  const converted = convertOutput(key, runtime);
  const kind = mutableKind(converted);
  if (kind !== null) throw new UnhashableError(kind);
  return converted;
}

/** The name of the kind of a value that can be changed, hence is no key. */
function mutableKind(value: Value): 'list' | 'dict' | 'set' | null {
  if (Array.isArray(value)) return 'list';
  if (isDict<Value>(value)) return 'dict';
  return value instanceof PySet ? 'set' : null;
}

function checkSize(size: number, runtime: Runtime): void {
  if (runtime.limitIterators >= 0 && size > runtime.limitIterators) throw tooLong(runtime.limitIterators);
}
