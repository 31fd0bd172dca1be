import { scaledInt } from '../rounding.js';

/** How C's `printf` writes a finite double without its sign: all digits are those of the exact binary value. */
export interface FloatLayout {
  /** `f`: point only; `e`: exponent; `g`: whichever is shorter. */
  readonly kind: 'f' | 'e' | 'g';
  /** Digits after the point for `f` and `e`, significant ones for `g`. */
  readonly precision: number;
  /** Keeps the point and the trailing zeros that `g` drops. */
  readonly alternate: boolean;
  /** Python's layout without a type: at least one digit after the point, so exponents start one earlier. */
  readonly pointZero?: boolean;
}

/** @param size  not negative, finite */
export function layoutFloat(size: number, layout: FloatLayout): string {
  switch (layout.kind) {
    case 'f':
      return withPoint(fixedDigits(size, layout.precision), layout.alternate && layout.precision === 0);
    case 'e':
      return exponentDigits(size, layout.precision, layout.alternate && layout.precision === 0);
    case 'g':
      return generalDigits(size, layout);
  }
}

function fixedDigits(size: number, precision: number): string {
  const digits = scaledInt(size, precision)
    .toString()
    .padStart(precision + 1, '0');
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

function exponentDigits(size: number, precision: number, keepPoint: boolean): string {
  const { digits, exponent } = significantDigits(size, precision + 1);
  const mantissa = digits.length > 1 ? `${digits.charAt(0)}.${digits.slice(1)}` : digits;
  return withPoint(mantissa, keepPoint) + exponentText(exponent);
}

function generalDigits(size: number, { precision, alternate, pointZero = false }: FloatLayout): string {
  const count = Math.max(precision, 1);
  const { digits, exponent } = significantDigits(size, count);
  const usesExponent = exponent < -4 || exponent >= count - (pointZero ? 1 : 0);
  const text = usesExponent ? `${digits.charAt(0)}.${digits.slice(1)}` : placePoint(digits, exponent);
  const trimmed = alternate ? text : text.replace(/\.?0*$/, '');
  const whole = pointZero && !usesExponent && !trimmed.includes('.') ? `${trimmed}.0` : trimmed;
  return whole + (usesExponent ? exponentText(exponent) : '');
}

/** Always with a point: `123.` for exponent 2. */
function placePoint(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** So many digits, the first one not zero, and the power of ten of the first. */
function significantDigits(size: number, count: number): { digits: string; exponent: number } {
  if (size === 0) return { digits: '0'.repeat(count), exponent: 0 };
  const estimate = Number(size.toExponential().split('e')[1]);
  const digits = scaledInt(size, count - 1 - estimate).toString();
  // Rounding may have carried into one more digit.
  return digits.length > count
    ? { digits: digits.slice(0, count), exponent: estimate + 1 }
    : { digits, exponent: estimate };
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function withPoint(text: string, keep: boolean): string {
  return keep ? `${text}.` : text;
}
