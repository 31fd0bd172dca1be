import {
  dictEntries,
  dumpYaml,
  isDict,
  loadYamlWith,
  parseJson,
  PyFloat,
  stringifyJson,
  toDict,
  YamlTimestamp,
  type Json,
  type PyDict,
} from '../shared/index.js';
import { CalendarDate } from './calendar-date.js';
import { PyError } from './errors.js';
import {
  DateTime,
  isIterable,
  MAX_NESTING,
  normalInt,
  pyStr,
  PyTuple,
  TimeSpan,
  typeName,
  weigh,
  type Budget,
  type Value,
  type ValueObject,
} from './values/index.js';

/**
 * Mistral's `json_dump`: indented by 4, ASCII only, collections of every kind as arrays. Paid for, margins included.
 * @throws {PyError}
 */
export function jsonDump(value: Value, budget: Budget): string {
  try {
    return stringifyJson(jsonForm(value, budget, 0), { style: 'python', indent: 4 });
  } catch (error) {
    if (error instanceof TypeError) throw new PyError('TypeError', error.message);
    throw error;
  }
}

function jsonForm(value: Value, budget: Budget, depth: number): Value {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'string' || typeof value === 'bigint') weigh(value, budget);
    return value;
  }
  if (value instanceof PyFloat) return value;
  if (depth > MAX_NESTING) throw new PyError('ValueError', 'the value is nested too deeply');
  if (value instanceof DateTime) return perfectTime(value);
  if (value instanceof CalendarDate) return value.str();
  if (isDict<Value>(value)) return jsonDict(value, budget, depth);
  if (Array.isArray(value) || isIterable<Value>(value)) return jsonItems(value as Iterable<Value>, budget, depth);
  throw new PyError('ValueError', `Cannot convert ${typeName(value)} to primitive`);
}

function jsonItems(items: Iterable<Value>, budget: Budget, depth: number): Value {
  const list: Value[] = [];
  for (const item of items) {
    budget.output(2 + depth * 4);
    list.push(jsonForm(item, budget, depth + 1));
  }
  return list;
}

function jsonDict(dict: Extract<Value, PyDict<Value> | ValueObject>, budget: Budget, depth: number): Value {
  const pairs = dictEntries<Value>(dict).map(([key, item]) => {
    budget.output(8 + depth * 4);
    return [key, jsonForm(item, budget, depth + 1)] as const;
  });
  return toDict<Value>(pairs);
}

/** With microseconds always, and never with the zone. */
function perfectTime(moment: DateTime): string {
  const text = new DateTime(moment.wallMicros, null).isoFormat();
  return text.includes('.') ? text : `${text}.000000`;
}

/** Mistral's `json_parse`. Paid for beforehand. @throws {PyError} for what is no text; {JsonSyntaxError} */
export function jsonParse(value: Value, budget: Budget): Json {
  if (typeof value !== 'string') throw new PyError('TypeError', `<class '${typeName(value)}'> can't be decoded`);
  budget.step(value.length);
  return parseJson(value, { allowNaN: true });
}

/** Mistral's `yaml_dump`: block style, keys sorted, ASCII only. Paid for. @throws {PyError} for sets, iterators and the like */
export function yamlDump(value: Value, budget: Budget): string {
  return dumpYaml(yamlForm(value, budget, 0) as Json);
}

function yamlForm(value: Value, budget: Budget, depth: number): unknown {
  budget.output(1 + depth * 2);
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) {
    if (typeof value === 'string' || typeof value === 'bigint') weigh(value, budget);
    return value;
  }
  if (depth > MAX_NESTING) throw new PyError('ValueError', 'the value is nested too deeply');
  const inner = (item: Value): Value => yamlForm(item, budget, depth + 1) as Value;
  if (Array.isArray(value)) return (value as readonly Value[]).map(inner);
  if (value instanceof PyTuple) return value.items.map(inner);
  if (isDict<Value>(value)) {
    const pairs = dictEntries<Value>(value);
    return toDict<Value>(pairs.map(([key, item]) => [inner(key), inner(item)] as const));
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

/** Reading a character of YAML takes several times as long as one of JSON. */
const YAML_STEPS = 4;

/**
 * Mistral's `yaml_parse`: YAML 1.1 without anchors; dates become moments. Paid for beforehand.
 * @throws {PyError} for what is no text; {YamlError}
 */
export function yamlParse(value: Value, budget: Budget): Value {
  if (typeof value !== 'string')
    throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'read'`);
  budget.step(value.length * YAML_STEPS);
  return loadYamlWith<Value>(value, momentOf);
}

function momentOf({ year, month, day, time }: YamlTimestamp): Value {
  if (time === undefined) return new CalendarDate(year, month, day);
  const { offsetMinutes, ...clock } = time;
  const offset = offsetMinutes === undefined ? null : TimeSpan.of({ minutes: normalInt(BigInt(offsetMinutes)) });
  return DateTime.of({ year, month, day, ...clock }, offset);
}
