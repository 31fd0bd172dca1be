import { dictEntries, isDict, PyDict, toDict, UnhashableError } from '../../../shared/index.js';
import { EvaluationError } from '../../errors.js';
import { DictView, MAX_NESTING, PyIterator, PySet, weigh, type Value } from '../../values/index.js';
import type { Runtime } from '../runtime/frame.js';
import { isWalkable, tooLong } from './iteration.js';
import { Ordering } from './ordering.js';

/**
 * The result of an expression as Mistral sees it: what is lazy becomes a list, views of keys and items become sets.
 * A set that would hold lists or dicts is an error in the original, a list in ours.
 * @throws {EvaluationError} for anything lazy that fails, for keys that would be lists or dicts
 */
export function convertOutput(value: Value, runtime: Runtime, depth = 0): Value {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'bigint' || (depth > 0 && typeof value === 'string')) weigh(value, runtime.budget);
    return value;
  }
  if (depth > MAX_NESTING) throw new EvaluationError('The result is nested too deeply');
  if (Array.isArray(value)) return convertItems(value as readonly Value[], runtime, depth);
  if (isDict<Value>(value)) return convertDict(value as PyDict<Value>, runtime, depth);
  if (value instanceof PySet || (value instanceof DictView && value.isSetLike))
    return convertSet(value, runtime, depth);
  if (isWalkable(value) && (value instanceof DictView || value instanceof Ordering || value instanceof PyIterator)) {
    return convertItems(value, runtime, depth);
  }
  return value;
}

/** What a collection costs besides its items, in memory above all. */
const CONTAINER = 8;

function convertItems(items: Iterable<Value>, runtime: Runtime, depth: number): Value {
  runtime.budget.output(CONTAINER);
  if (Array.isArray(items)) checkSize(items.length, runtime);
  const list: Value[] = [];
  for (const item of items) {
    list.push(convertOutput(item, runtime, depth + 1));
    runtime.budget.output(1);
    checkSize(list.length, runtime);
  }
  return list;
}

function convertDict(dict: PyDict<Value>, runtime: Runtime, depth: number): Value {
  const pairs = dictEntries<Value>(dict);
  checkSize(pairs.length, runtime);
  runtime.budget.output(CONTAINER + pairs.length);
  return toDict<Value>(
    pairs.map(([key, value]) => [convertKey(key, runtime, depth), convertOutput(value, runtime, depth + 1)] as const),
  );
}

function convertSet(set: PySet | DictView, runtime: Runtime, depth: number): Value {
  checkSize(set.size, runtime);
  runtime.budget.output(CONTAINER + set.size);
  const items = Array.from(set, (item) => convertOutput(item, runtime, depth + 1));
  const misfit = items.map(mutableKind).find((kind) => kind !== null) ?? null;
  if (misfit === null) return new PySet(items);
  if (runtime.asOriginal) throw new UnhashableError(misfit);
  return items;
}

/** Lists, dicts and sets were hashable while they were frozen; as output they no longer are. */
function convertKey(key: Value, runtime: Runtime, depth: number): Value {
  if (typeof key !== 'object' || key === null) return key;
  const converted = convertOutput(key, runtime, depth + 1);
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
