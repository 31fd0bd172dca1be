import {
  dictEntries,
  dumpYaml,
  isDict,
  loadYamlWith,
  parseJson,
  PyFloat,
  PyObject,
  stringifyJson,
  toDict,
  YamlTimestamp,
  type Json,
} from '../shared/index.js';
import { CalendarDate } from './calendar-date.js';
import { PyError } from './errors.js';
import { DateTime, isIterable, normalInt, pyStr, PyTuple, TimeSpan, typeName, type Value } from './values/index.js';

/** Mistral's `json_dump`: indented by 4, ASCII only, collections of every kind as arrays. @throws {PyError} */
export function jsonDump(value: Value): string {
  try {
    return stringifyJson(value, { style: 'python', indent: 4, other: jsonForm });
  } catch (error) {
    if (error instanceof TypeError) throw new PyError('TypeError', error.message, { cause: error });
    throw error;
  }
}

function jsonForm(value: object): unknown {
  if (value instanceof DateTime) return perfectTime(value);
  if (value instanceof CalendarDate) return value.str();
  if (isIterable<Value>(value)) return [...value];
  throw new PyError(
    'ValueError',
    `Cannot convert ${value instanceof PyObject ? value.typeName : 'value'} to primitive`,
  );
}

/** With microseconds always, and never with the zone. */
function perfectTime(moment: DateTime): string {
  const text = new DateTime(moment.wallMicros, null).isoFormat();
  return text.includes('.') ? text : `${text}.000000`;
}

/** Mistral's `json_parse`. @throws {PyError} for what is no text; {JsonSyntaxError} */
export function jsonParse(value: Value): Json {
  if (typeof value !== 'string') throw new PyError('TypeError', `<class '${typeName(value)}'> can't be decoded`);
  return parseJson(value, { allowNaN: true });
}

/** Mistral's `yaml_dump`: block style, keys sorted, ASCII only. @throws {PyError} for sets, iterators and the like */
export function yamlDump(value: Value): string {
  return dumpYaml(yamlForm(value) as Json);
}

function yamlForm(value: Value): unknown {
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map(yamlForm);
  if (value instanceof PyTuple) return value.items.map(yamlForm);
  if (isDict<Value>(value)) {
    const pairs = dictEntries<Value>(value);
    return toDict<Value>(pairs.map(([key, item]) => [yamlForm(key), yamlForm(item)] as readonly [Value, Value]));
  }
  if (value instanceof CalendarDate) return new YamlTimestamp(value.year, value.month, value.day, undefined);
  if (value instanceof DateTime) return yamlMoment(value);
  throw new PyError('ValueError', `cannot represent an object: ${pyStr(value)}`);
}

function yamlMoment(value: DateTime): YamlTimestamp {
  const { year, month, day, hour, minute, second, microsecond } = value.parts;
  const offsetMinutes = value.offset === null ? undefined : Number(value.offset.micros / 60_000_000n);
  return new YamlTimestamp(year, month, day, { hour, minute, second, microsecond, offsetMinutes });
}

/** Mistral's `yaml_parse`: YAML 1.1 without anchors; dates become moments. @throws {PyError} for what is no text; {YamlError} */
export function yamlParse(value: Value): Value {
  if (typeof value !== 'string')
    throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'read'`);
  return loadYamlWith<Value>(value, momentOf);
}

function momentOf({ year, month, day, time }: YamlTimestamp): Value {
  if (time === undefined) return new CalendarDate(year, month, day);
  const { offsetMinutes, ...clock } = time;
  const offset = offsetMinutes === undefined ? null : TimeSpan.of({ minutes: normalInt(BigInt(offsetMinutes)) });
  return DateTime.of({ year, month, day, ...clock }, offset);
}
