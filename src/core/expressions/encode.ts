import {
  compareCodePoints,
  dictEntries,
  isDict,
  PyFloat,
  quoteJson,
  stringifyJson,
  type PyDict,
  type PyObject,
} from '../shared/index.js';
import { CalendarDate } from './calendar-date.js';
import { EvaluationError } from './errors.js';
import { PyRange } from './jinja/index.js';
import { DateTime, DictView, PyIterator, PyRegex, PySet, PyTuple, TimeSpan, type Value } from './values/index.js';

/**
 * JSON text of any value: what JSON can't express becomes a tagged object, e.g. `{"$set": [1, 2]}`,
 * `{"$int": "9007199254740993"}`, `{"$datetime": "2020-01-01T00:00:00+00:00"}`.
 * @throws {EvaluationError} for values without an outside form
 */
export function encodeValue(value: Value): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? stringifyJson(value) : `{"$float": "${floatName(value)}"}`;
    case 'bigint':
      return `{"$int": "${value}"}`;
    case 'object':
      return value === null ? 'null' : encodeObject(value);
    default:
      return stringifyJson(value);
  }
}

function floatName(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function encodeObject(value: Exclude<Value, null | boolean | number | bigint | string>): string {
  if (Array.isArray(value)) return encodeItems(value as readonly Value[]);
  if (isDict<Value>(value)) return encodeDict(value as PyDict<Value>);
  if (value instanceof PySet) return `{"$set": ${encodeSorted(value)}}`;
  if (value instanceof PyTuple) return `{"$tuple": ${encodeItems(value.items)}}`;
  if (value instanceof DictView) return `{"$view": ${encodeItems(value.toArray())}}`;
  if (value instanceof DateTime) return `{"$datetime": ${quoteJson(value.isoFormat(), false)}}`;
  if (value instanceof TimeSpan) return `{"$timespan_us": ${value.micros}}`;
  if (value instanceof CalendarDate) return `{"$date": ${quoteJson(value.str(), false)}}`;
  if (value instanceof PyRegex) return `{"$regex": ${quoteJson(value.pattern, false)}, "flags": ${value.flags}}`;
  if (value instanceof PyRange) return encodeRange(value);
  if (value instanceof PyIterator) return `{"$generator": ${encodeItems([...value])}}`;
  return encodeOther(value as PyObject | PyFloat);
}

function encodeItems(items: readonly Value[]): string {
  return `[${items.map(encodeValue).join(', ')}]`;
}

function encodeSorted(items: Iterable<Value>): string {
  return `[${[...items].map(encodeValue).sort(compareCodePoints).join(', ')}]`;
}

function encodeDict(dict: PyDict<Value>): string {
  const pairs = dictEntries<Value>(dict);
  if (pairs.every(([key]) => typeof key === 'string')) {
    return `{${pairs.map(([key, item]) => `${quoteJson(key as string, false)}: ${encodeValue(item)}`).join(', ')}}`;
  }
  return `{"$dict": ${encodeItems(pairs)}}`;
}

function encodeRange({ start, stop, step }: PyRange): string {
  return `{"$range": [${start}, ${stop}, ${step}]}`;
}

function encodeOther(value: PyObject | PyFloat): string {
  if (value instanceof PyFloat) return stringifyJson(value);
  throw new EvaluationError(`The result is a ${value.typeName}, which has no JSON form`);
}
