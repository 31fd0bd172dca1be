import { isDict } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import {
  DateTime,
  isInt,
  isNumber,
  parseFloat,
  parseInt,
  TimeSpan,
  toDouble,
  toFloat,
  truncate,
  truthy,
  type Value,
} from '../../values/index.js';
import { declarer, nullable } from '../runtime/declaration.js';
import { any } from '../runtime/kinds.js';
import { isSetLike, isWalkable } from '../values/iteration.js';
import { yaqlString } from '../values/text.js';
import { yaqlTypeName } from '../values/type-name.js';

const declare = declarer('Conversion and types');

export const CONVERSION = [
  declare({
    names: 'bool',
    style: 'function',
    parameters: [nullable('value', any)],
    doc: 'False for null, false, zero, and empty texts, collections and time spans; otherwise true.',
    example: ['bool([0])', 'true'],
    run: (_frame, value) => truthy(value),
  }),
  declare({
    names: 'int',
    style: 'function',
    parameters: [nullable('value', any)],
    doc: 'An integer: of a text, of a number without its fraction, of null 0.',
    example: ["int('42')", '42'],
    run: (_frame, value) => toInt(value),
  }),
  declare({
    names: 'float',
    style: 'function',
    parameters: [nullable('value', any)],
    doc: 'A float: of a text, of a number, of null 0.0.',
    example: ["float('2.5')", '2.5'],
    run: (_frame, value) => toFloatValue(value),
  }),
  declare({
    names: 'str',
    style: 'function',
    parameters: [nullable('value', any)],
    doc: 'The text of a value; lists print in parentheses.',
    example: ['str([1, null])', '"(1, None)"'],
    run: (frame, value) => yaqlString(value, frame.runtime),
  }),
  predicate('isBoolean', 'value', 'true or false', 'isBoolean(false)', (value) => typeof value === 'boolean'),
  predicate('isString', 'arg', 'a text', 'isString(a)', (value) => typeof value === 'string'),
  predicate('isInteger', 'value', 'an integer', 'isInteger(1)', isInt),
  predicate('isNumber', 'value', 'an integer or a float', 'isNumber(1.5)', isNumber),
  predicate('isList', 'arg', 'a list', 'isList([])', (value) => Array.isArray(value)),
  predicate('isDict', 'arg', 'a dict', 'isDict({})', (value) => isDict<Value>(value)),
  predicate('isSet', 'arg', 'a set', 'isSet(set())', isSetLike),
  predicate('isIterable', 'value', 'a collection: not a text and not a dict', 'isIterable(range(2))', isWalkable),
  predicate('isDatetime', 'value', 'a moment', 'isDatetime(now())', (value) => value instanceof DateTime),
  predicate('isTimespan', 'value', 'a time span', 'isTimespan(timespan())', (value) => value instanceof TimeSpan),
];

function predicate(name: string, parameter: string, what: string, example: string, test: (value: Value) => boolean) {
  return declare({
    names: name,
    style: 'function',
    parameters: [nullable(parameter, any)],
    doc: `Whether the value is ${what}.`,
    example: [example, 'true'],
    run: (_frame, value) => test(value),
  });
}

function toInt(value: Value): Value {
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return parseInt(value);
  if (isNumber(value)) return truncate(value);
  const type = yaqlTypeName(value);
  throw new PyError(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${type}'`,
  );
}

function toFloatValue(value: Value): Value {
  if (value === null) return toFloat(0);
  if (typeof value === 'boolean') return toFloat(value ? 1 : 0);
  if (typeof value === 'string') return parseFloat(value);
  if (isNumber(value)) return toFloat(toDouble(value));
  throw new PyError('TypeError', `float() argument must be a string or a real number, not '${yaqlTypeName(value)}'`);
}
