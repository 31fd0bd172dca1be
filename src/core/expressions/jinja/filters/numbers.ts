import { PyError } from '../../errors.js';
import {
  absolute,
  parseFloat,
  parseInt,
  round,
  roundDirected,
  roundToInt,
  toDouble,
  toFloat,
  truncate,
  truthy,
  typeName,
  type PyNumber,
  type Value,
} from '../../values/index.js';
import { intArgument } from '../methods/index.js';
import { add, iterate, JinjaError, numberOf, textOf, typeError, Undefined, type Run } from '../runtime/index.js';
import { attributeGetter } from './attribute-getter.js';
import { defineFilter, type FilterDefinition } from './definition.js';

/** What `read` gives, or `undefined` where Python raises a TypeError or ValueError. */
function attempt(read: () => PyNumber | undefined, alsoOverflow = false): PyNumber | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    if (error.kind === 'TypeError' || error.kind === 'ValueError') return undefined;
    if (alsoOverflow && error.kind === 'OverflowError') return undefined;
    throw error;
  }
}

/** Python's `float(value)`; `undefined` for what it refuses. */
function floatOf(value: Value): PyNumber | undefined {
  const text = textOf(value);
  if (text !== undefined) return attempt(() => parseFloat(text));
  if (value instanceof Undefined) value.fail();
  const number = numberOf(value);
  return number === undefined ? undefined : toFloat(toDouble(number));
}

function toInt(value: Value, [preset, base]: readonly Value[]): Value {
  if (value instanceof Undefined) value.fail();
  const text = textOf(value);
  const direct = text === undefined ? wholeOf(value) : attempt(() => parseInt(text, intArgument(base)));
  if (direct !== undefined) return direct;
  // As in Jinja, text such as `42.7` is read as a float and cut off.
  const float = floatOf(value);
  const whole = float === undefined ? undefined : attempt(() => truncate(float), true);
  return whole ?? preset ?? null;
}

function wholeOf(value: Value): PyNumber | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : attempt(() => truncate(number));
}

function roundFilter(value: Value, [precision, method]: readonly Value[]): Value {
  if (method !== 'common' && method !== 'ceil' && method !== 'floor') {
    throw new JinjaError('FilterArgumentError', 'method must be common, ceil or floor');
  }
  const number = numberOf(value);
  if (number === undefined) throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
  if (method === 'common' && (precision ?? null) === null) return roundToInt(number);
  const digits = intArgument(precision);
  return method === 'common' ? round(number, digits) : roundDirected(number, digits, method);
}

function sum(value: Value, [attribute, start]: readonly Value[], run: Run): Value {
  const get = (attribute ?? null) === null ? (item: Value): Value => item : attributeGetter(attribute ?? null);
  let total: Value = start ?? 0;
  if (textOf(total) !== undefined) throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  for (const item of iterate(value)) {
    run.budget.step();
    total = add(total, get(item), run);
  }
  return total;
}

function fileSize(value: Value, isBinary: boolean): string {
  const size = floatOf(value);
  if (size === undefined)
    throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
  const bytes = toDouble(size);
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const prefixes = isBinary
    ? ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi']
    : ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
  const found = prefixes.findIndex((_prefix, index) => bytes < base ** (index + 2));
  const index = found < 0 ? prefixes.length - 1 : found;
  const amount = (base * bytes) / base ** (index + 2);
  return `${fixedOneDigit(amount)} ${prefixes[index] ?? ''}B`;
}

/** One digit after the point, ties of the exact binary value to even. */
function fixedOneDigit(value: number): string {
  const rounded = toDouble(round(toFloat(value), 1));
  return Number.isFinite(rounded) && Math.abs(rounded) < 1e21 ? rounded.toFixed(1) : String(rounded);
}

/** Filters on numbers. */
export const NUMBER_FILTERS: readonly FilterDefinition[] = [
  defineFilter({ names: ['abs'], doc: 'The absolute value.', example: '{{ -5|abs }} → 5' }, (value) => {
    const number = numberOf(value);
    if (number === undefined) throw typeError(`bad operand type for abs(): '${typeName(value)}'`);
    return absolute(number);
  }),
  defineFilter(
    {
      names: ['int'],
      parameters: [
        ['default', 0],
        ['base', 10],
      ],
      doc: 'A whole number, the default where the value is none.',
      example: "{{ '5.7'|int }} → 5",
    },
    toInt,
  ),
  defineFilter(
    {
      names: ['float'],
      parameters: [['default', toFloat(0)]],
      doc: 'A floating-point number, the default where the value is none.',
      example: "{{ '1e3'|float }} → 1000.0",
    },
    (value, [preset]) => floatOf(value) ?? preset ?? null,
  ),
  defineFilter(
    {
      names: ['round'],
      parameters: [
        ['precision', 0],
        ['method', 'common'],
      ],
      doc: 'Rounds to so many digits; `common` takes ties to even, `ceil` and `floor` go up and down.',
      example: '{{ 2.567|round(2) }} → 2.57',
    },
    roundFilter,
  ),
  defineFilter(
    {
      names: ['sum'],
      parameters: [
        ['attribute', null],
        ['start', 0],
      ],
      doc: 'The sum of the items or of an attribute of the items.',
      example: '{{ [1, 2, 3]|sum }} → 6',
    },
    sum,
  ),
  defineFilter(
    {
      names: ['filesizeformat'],
      parameters: [['binary', false]],
      doc: 'A number of bytes in readable units.',
      example: '{{ 1500000|filesizeformat }} → 1.5 MB',
    },
    (value, [isBinary]) => fileSize(value, truthy(isBinary)),
  ),
];
