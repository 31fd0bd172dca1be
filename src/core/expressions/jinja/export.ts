import { dictEntries, isDict, PyDict } from '../../shared/index.js';
import { DictView, PyIterator, PyTuple, type Value } from '../values/index.js';
import { Markup } from './runtime/index.js';

/**
 * A result as the world outside knows values: markup is text.
 * @param mayHoldMarkup  there may be markup inside lists and dicts
 */
export function exportValue(value: Value, mayHoldMarkup: boolean): Value {
  if (value instanceof Markup) return value.text;
  return mayHoldMarkup ? withoutMarkup(value) : value;
}

function withoutMarkup(value: Value): Value {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return (value as readonly Value[]).map(withoutMarkup);
  if (value instanceof PyTuple) return new PyTuple(value.items.map(withoutMarkup));
  if (value instanceof PyIterator) return new PyIterator(plainItems(value), value.typeName);
  if (value instanceof DictView) return new DictView(value.kind, plainDict(value.dict), value.pair);
  return isDict<Value>(value) ? plainDict(value) : value;
}

function plainDict(dict: DictView['dict']): PyDict<Value> {
  return new PyDict<Value>(
    dictEntries<Value>(dict).map(([key, item]) => [withoutMarkup(key), withoutMarkup(item)] as const),
  );
}

function* plainItems(items: Iterable<Value>): Generator<Value, void> {
  for (const item of items) yield withoutMarkup(item);
}
