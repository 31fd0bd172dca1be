import { floatRepr } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import type { Budget } from '../budget.js';
import { toDouble } from '../numbers.js';
import type { PyNumber } from '../types.js';
import { layoutFloat } from './float-digits.js';
import { unknownType, type FormatSpec } from './format-spec.js';
import { padNumber } from './pad.js';

const RADIXES: ReadonlyMap<string, number> = new Map([
  ['b', 2],
  ['o', 8],
  ['x', 16],
  ['X', 16],
]);
const FLOAT_TYPES = new Set(['e', 'E', 'f', 'F', 'g', 'G', '%']);

/** An int by its format specification. @throws {PyError} ValueError */
export function formatInt(value: number | bigint, spec: FormatSpec, budget: Budget, typeName = 'int'): string {
  if (FLOAT_TYPES.has(spec.type)) return formatFloat(toDouble(value), spec, budget);
  if (spec.precision !== undefined)
    throw new PyError('ValueError', 'Precision not allowed in integer format specifier');
  if (spec.noNegativeZero) {
    throw new PyError('ValueError', 'Negative zero coercion (z) not allowed in integer format specifier');
  }
  if (spec.type === 'c') return formatCharacter(value, spec, budget);
  const radix = RADIXES.get(spec.type) ?? 10;
  if (radix === 10 && !['', 'd', 'n'].includes(spec.type)) throw unknownType(spec, typeName);
  const digits = (value < 0 ? -value : value).toString(radix);
  const prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : '';
  return padNumber(
    {
      sign: value < 0 ? '-' : plusSign(spec),
      prefix,
      digits: spec.type === 'X' ? digits.toUpperCase() : digits,
      rest: '',
      groupSize: radix === 10 ? 3 : 4,
    },
    spec,
    budget,
  );
}

/** A float by its format specification. @throws {PyError} ValueError */
export function formatFloat(value: number, spec: FormatSpec, budget: Budget): string {
  const { type } = spec;
  if (type !== '' && type !== 'n' && !FLOAT_TYPES.has(type)) throw unknownType(spec, 'float');
  budget.output(spec.precision ?? 0);
  const scaled = type === '%' ? value * 100 : value;
  const text = floatText(Math.abs(scaled), spec);
  const cased = /[EFG]/.test(type) ? text.toUpperCase() : text;
  const isNegative = scaled < 0 || Object.is(scaled, -0);
  const isPlainZero = spec.noNegativeZero && !/[1-9a-z]/i.test(cased.replace(/e.*/i, ''));
  const [, digits = '', rest = ''] = /^(\d*)(.*)$/s.exec(cased) ?? [];
  return padNumber(
    {
      sign: isNegative && !isPlainZero && !Number.isNaN(scaled) ? '-' : plusSign(spec),
      prefix: '',
      digits,
      rest: rest + (type === '%' ? '%' : ''),
      groupSize: 3,
    },
    spec,
    budget,
  );
}

function floatText(size: number, spec: FormatSpec): string {
  if (!Number.isFinite(size)) return Number.isNaN(size) ? 'nan' : 'inf';
  const { precision, alternate } = spec;
  switch (spec.type) {
    case 'f':
    case 'F':
    case '%':
      return layoutFloat(size, { kind: 'f', precision: precision ?? 6, alternate });
    case 'e':
    case 'E':
      return layoutFloat(size, { kind: 'e', precision: precision ?? 6, alternate });
    case '':
      if (precision === undefined) return alternate ? floatRepr(size).replace(/^(\d+)e/, '$1.e') : floatRepr(size);
      return layoutFloat(size, { kind: 'g', precision, alternate, pointZero: true });
    default:
      return layoutFloat(size, { kind: 'g', precision: precision ?? 6, alternate });
  }
}

function formatCharacter(value: number | bigint, spec: FormatSpec, budget: Budget): string {
  if (spec.sign !== '') throw new PyError('ValueError', "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) {
    throw new PyError('ValueError', "Alternate form (#) not allowed with integer format specifier 'c'");
  }
  if (value < 0 || value > 0x10ffff) throw new PyError('OverflowError', '%c arg not in range(0x110000)');
  const character = String.fromCodePoint(Number(value));
  return padNumber({ sign: '', prefix: '', digits: '', rest: character, groupSize: 3 }, spec, budget);
}

function plusSign(spec: FormatSpec): string {
  return spec.sign === '-' ? '' : spec.sign;
}

/** A number as a double where a format wants one. */
export function doubleOf(value: PyNumber | boolean): number {
  return typeof value === 'boolean' ? Number(value) : toDouble(value);
}
