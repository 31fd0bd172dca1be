import {
  dictEntries,
  floatRepr,
  isDict,
  PyFloat,
  toDict,
  type Json,
  type PyDict,
  type PyObject,
} from '../shared/index.js';
import { CalendarDate } from './calendar-date.js';
import { EvaluationError } from './errors.js';
import { DateTime, isIterable, PyRegex, pyStr, TimeSpan, type Value } from './values/index.js';

/**
 * A value as data that can be stored: sets, tuples and iterators become lists, moments and time spans texts, keys of
 * dicts texts. What is data already is returned as it is, not copied.
 * @throws {EvaluationError} for what has no such form, e.g. a context
 */
export function toJson(value: Value): Json {
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return value;
  if (Array.isArray(value)) return listToJson(value as readonly Value[]);
  if (isDict<Value>(value)) return dictToJson(value as PyDict<Value>);
  return objectToJson(value as PyObject);
}

function listToJson(list: readonly Value[]): Json {
  const items = list.map(toJson);
  return items.every((item, i) => item === list[i]) ? (list as readonly Json[]) : items;
}

function dictToJson(dict: PyDict<Value>): Json {
  const entries = dictEntries<Value>(dict);
  const converted = entries.map(([key, item]) => [keyText(key), toJson(item)] as const);
  const isData = converted.every(([key, item], i) => key === entries[i]?.[0] && item === entries[i][1]);
  return isData ? (dict as Json) : toDict(converted);
}

/** Keys as Python's JSON writer spells them. */
function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null || typeof key === 'boolean' || typeof key === 'bigint') return String(key);
  if (typeof key === 'number') return Number.isSafeInteger(key) ? String(key) : floatRepr(key);
  if (key instanceof PyFloat) return floatRepr(key.value);
  const text = toJson(key);
  if (typeof text === 'string') return text;
  throw new EvaluationError('Keys of a dict in a result must be texts or numbers');
}

function objectToJson(value: PyObject): Json {
  if (isIterable<Value>(value)) return Array.from(value, toJson);
  if (value instanceof DateTime || value instanceof TimeSpan || value instanceof CalendarDate) return pyStr(value);
  if (value instanceof PyRegex) return value.pattern;
  throw new EvaluationError(`The result is a ${value.typeName}, which is not data`);
}
