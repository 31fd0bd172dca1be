import { toFloat } from '../float-text.js';
import type { PyFloat } from '../py-float.js';

/** Value of a YAML 1.1 integer: `0b11`, `0x1F`, `017`, `1_000`, `1:30`; `undefined` if it is none. */
export function parseYamlInt(text: string): number | bigint | undefined {
  const [sign, digits] = splitSign(text.replaceAll('_', ''));
  const size = intSize(digits);
  if (size === undefined) return undefined;
  const value = sign === '-' ? -size : size;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** Value of a YAML 1.1 float: `1.5`, `.5`, `1.5e+3`, `1:30.5`, `.inf`, `.nan`; `undefined` if it is none. */
export function parseYamlFloat(text: string): number | PyFloat | undefined {
  const [sign, digits] = splitSign(text.replaceAll('_', '').toLowerCase());
  const size = floatSize(digits);
  if (size === undefined) return undefined;
  return toFloat(sign === '-' ? -size : size);
}

function splitSign(text: string): readonly [string, string] {
  const sign = text.charAt(0);
  return sign === '-' || sign === '+' ? [sign, text.slice(1)] : ['', text];
}

function intSize(digits: string): bigint | undefined {
  if (digits.startsWith('0b')) return /^[01]+$/.test(digits.slice(2)) ? BigInt(digits) : undefined;
  if (digits.startsWith('0x')) return /^[\da-f]+$/i.test(digits.slice(2)) ? BigInt(digits) : undefined;
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits}`);
  const parts = digits.split(':');
  if (!parts.every((part) => /^\d+$/.test(part)) || (digits.startsWith('0') && digits !== '0')) return undefined;
  return inBase60(parts.map(BigInt));
}

/** Joins neighbours again and again, so that a number with very many digits does not take quadratic time. */
function inBase60(digits: readonly bigint[]): bigint {
  let parts = digits;
  for (let base = 60n; parts.length > 1; base *= base) {
    const odd = parts.length % 2;
    const joined = odd === 1 ? [parts[0] ?? 0n] : [];
    for (let i = odd; i < parts.length; i += 2) joined.push((parts[i] ?? 0n) * base + (parts[i + 1] ?? 0n));
    parts = joined;
  }
  return parts[0] ?? 0n;
}

function floatSize(digits: string): number | undefined {
  if (digits === '.inf') return Infinity;
  if (digits === '.nan') return NaN;
  const parts = digits.split(':');
  if (!parts.every((part) => /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/.test(part))) return undefined;
  // Counted from the right, as in Python, so that sums round alike.
  return parts.reduceRight((sum, part, index) => sum + Number(part) * 60 ** (parts.length - 1 - index), 0);
}
