import { PyFloat } from './py-float.js';

/** A float in the data model: {@link PyFloat} where a plain number would be taken for an integer. */
export function toFloat(value: number): number | PyFloat {
  return Number.isSafeInteger(value) ? new PyFloat(value) : value;
}

/** Python's `repr` of a float: `1.0`, `1e+16`, `1e-05`, `-0.0`, `inf`, `nan`. */
export function floatRepr(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return Object.is(value, -0) ? '-0.0' : `${value}.0`;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const digits = exponent.slice(1);
  return `${mantissa}e${exponent.charAt(0)}${digits.length < 2 ? `0${digits}` : digits}`;
}
