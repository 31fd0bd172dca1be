import { PyFloat, PyObject } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import type { Budget } from '../budget.js';
import { pyStr } from '../py-repr.js';
import { isFloat, isInt, typeName } from '../type-name.js';
import type { Value } from '../types.js';
import { formatFloat, formatInt } from './format-number.js';
import { parseFormatSpec, unknownType, type FormatSpec } from './format-spec.js';
import { padText } from './pad.js';
import { textSlice } from './text.js';

/** A value object with a format language of its own, such as a date. */
export interface Formattable {
  format(spec: string, budget: Budget): string;
}

/** Python's `format(value, spec)`. @throws {PyError} for a specification that the value doesn't know */
export function formatValue(value: Value, spec: string, budget: Budget): string {
  if (spec === '') return pyStr(value);
  if (typeof value === 'string') return formatText(value, parseFormatSpec(spec, 'str'), budget);
  if (isInt(value)) return formatInt(value, parseFormatSpec(spec, 'int'), budget);
  if (typeof value === 'boolean') return formatInt(Number(value), parseFormatSpec(spec, 'bool'), budget, 'bool');
  if (isFloat(value)) {
    return formatFloat(value instanceof PyFloat ? value.value : value, parseFormatSpec(spec, 'float'), budget);
  }
  if (isFormattable(value)) return value.format(spec, budget);
  throw new PyError('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`);
}

function formatText(text: string, spec: FormatSpec, budget: Budget): string {
  const refuse = (what: string): never => {
    throw new PyError('ValueError', `${what} in string format specifier`);
  };
  if (spec.type !== '' && spec.type !== 's') throw unknownType(spec, 'str');
  if (spec.sign !== '') refuse(spec.sign === ' ' ? 'Space not allowed' : 'Sign not allowed');
  if (spec.noNegativeZero) refuse('Negative zero coercion (z) not allowed');
  if (spec.alternate) refuse('Alternate form (#) not allowed');
  if (spec.align === '=') refuse("'=' alignment not allowed");
  const shown = spec.precision === undefined ? text : textSlice(text, 0, spec.precision);
  return padText(shown, spec.width, spec.fill, spec.align ?? '<', budget);
}

function isFormattable(value: unknown): value is PyObject & Formattable {
  return value instanceof PyObject && 'format' in value && typeof value.format === 'function';
}
