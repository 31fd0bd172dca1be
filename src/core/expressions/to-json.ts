import { dictEntries, floatRepr, isDict, PyFloat, toDict, type Json, type PyDict } from '../shared/index.js';
import { CalendarDate } from './calendar-date.js';
import { EvaluationError } from './errors.js';
import {
  DateTime,
  DictView,
  PyIterator,
  PyRegex,
  PySet,
  pyStr,
  PyTuple,
  TimeSpan,
  type Value,
} from './values/index.js';

/**
 * A value as data that can be stored: sets, tuples and iterators become lists, moments and time spans texts, keys of
 * dicts texts. What is data already is returned as it is, not copied.
 * @throws {EvaluationError} for what has no such form, e.g. a context
 */
export function toJson(value: Value): Json {
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return value;
  if (Array.isArray(value)) return isData(value) ? (value as readonly Json[]) : (value as readonly Value[]).map(toJson);
  if (isDict<Value>(value)) return isData(value) ? (value as Json) : dictToJson(value as PyDict<Value>);
  return objectToJson(value);
}

function isData(value: Value): boolean {
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).every(isData);
  return (
    isDict<Value>(value) && dictEntries<Value>(value).every(([key, item]) => typeof key === 'string' && isData(item))
  );
}

function dictToJson(dict: PyDict<Value>): Json {
  return toDict(dictEntries<Value>(dict).map(([key, item]) => [keyText(key), toJson(item)] as const));
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

function objectToJson(value: object): Json {
  if (value instanceof PySet || value instanceof PyIterator) return [...value].map(toJson);
  if (value instanceof PyTuple) return value.items.map(toJson);
  if (value instanceof DictView) return value.toArray().map(toJson);
  if (value instanceof DateTime || value instanceof TimeSpan || value instanceof CalendarDate) return pyStr(value);
  if (value instanceof PyRegex) return value.pattern;
  throw new EvaluationError('The result is not data');
}
