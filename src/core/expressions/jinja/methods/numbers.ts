import { PyFloat, toFloat } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { isInt, normalInt, PyTuple, ratioOf, toDouble, truthy, type PyNumber, type Value } from '../../values/index.js';
import { iterate, PyBytes, valueError } from '../runtime/index.js';
import { intArgument, textArgument } from './arguments.js';
import { keywordMethod, method, type Method } from './method.js';

/** Bits of the absolute value. */
function bitsOf(value: PyNumber): string {
  const size = BigInt(isInt(value) ? value : 0);
  return size === 0n ? '' : (size < 0n ? -size : size).toString(2);
}

function ratio(value: PyNumber): Value {
  if (isInt(value)) return new PyTuple([value, 1]);
  const double = toDouble(value);
  const { numerator, denominator } = ratioOf(double);
  return new PyTuple([normalInt(numerator), normalInt(denominator)]);
}

function checkOrder(order: string): void {
  if (order !== 'big' && order !== 'little') throw valueError("byteorder must be either 'little' or 'big'");
}

function toBytes(value: PyNumber, length: number, order: string, isSigned: boolean): PyBytes {
  checkOrder(order);
  if (length < 0 || length > 100_000) throw valueError('length argument must be non-negative');
  let rest = BigInt(isInt(value) ? value : 0);
  const span = 1n << BigInt(8 * length);
  if (rest < 0n && !isSigned) throw new PyError('OverflowError', "can't convert negative int to unsigned");
  const isTooBig = isSigned ? rest >= span / 2n || rest < -span / 2n : rest >= span;
  if (isTooBig && (length > 0 || rest !== 0n)) throw new PyError('OverflowError', 'int too big to convert');
  if (rest < 0n) rest += span;
  const bytes: number[] = [];
  for (let i = 0; i < length; i++, rest >>= 8n) bytes.push(Number(rest & 255n));
  return new PyBytes(Uint8Array.from(order === 'big' ? bytes.reverse() : bytes));
}

function fromBytes(source: Value, order: string, isSigned: boolean): Value {
  checkOrder(order);
  const bytes = [...iterate(source)].map((byte) => BigInt(intArgument(byte)));
  if (order === 'little') bytes.reverse();
  const value = bytes.reduce((sum, byte) => sum * 256n + byte, 0n);
  const span = 1n << BigInt(8 * bytes.length);
  return normalInt(isSigned && bytes.length > 0 && value >= span / 2n ? value - span : value);
}

/** `0x1.8p+1`: the exact value in base 16. */
function toHex(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  const raw = bits.getBigUint64(0);
  const exponent = Number(raw >> 52n);
  const fraction = (raw & ((1n << 52n) - 1n)).toString(16).padStart(13, '0');
  if (raw === 0n) return `${sign}0x0.0p+0`;
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${fraction}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}

function fromHex(text: string): Value {
  const match = /^\s*([-+]?)(?:0x)?([\da-f]*)\.?([\da-f]*)(?:p([-+]?\d+))?\s*$/i.exec(text);
  const digits = (match?.[2] ?? '') + (match?.[3] ?? '');
  if (!match || digits === '') throw valueError('invalid hexadecimal floating-point string');
  const size = parseInt(digits, 16) * 2 ** (Number(match[4] ?? 0) - 4 * (match[3] ?? '').length);
  return toFloat(match[1] === '-' ? -size : size);
}

const LENGTH = ['length', 1] as const;
const ORDER = ['byteorder', 'big'] as const;
const SIGNED = ['signed', false] as const;

/** Methods of `int` and `bool`. */
export const INT_METHODS: readonly Method<PyNumber>[] = [
  method('bit_length', [], (value) => bitsOf(value).length),
  method('bit_count', [], (value) => bitsOf(value).replaceAll('0', '').length),
  method('conjugate', [], (value) => value),
  method('as_integer_ratio', [], ratio),
  keywordMethod('to_bytes', [LENGTH, ORDER, SIGNED], (value, [length, order, signed]) =>
    toBytes(value, intArgument(length), textArgument(order, 'to_bytes()'), truthy(signed)),
  ),
  keywordMethod('from_bytes', ['bytes', ORDER, SIGNED], (_value, [bytes, order, signed]) =>
    fromBytes(bytes ?? null, textArgument(order, 'from_bytes()'), truthy(signed)),
  ),
];

/** Methods of `float`. */
export const FLOAT_METHODS: readonly Method<PyNumber>[] = [
  method('is_integer', [], (value) => Number.isInteger(toDouble(value))),
  method('as_integer_ratio', [], ratio),
  method('conjugate', [], (value) => value),
  method('hex', [], (value) => toHex(toDouble(value))),
  method('fromhex', ['string'], (_value, [text]) => fromHex(textArgument(text, 'fromhex()'))),
];

/** `real`, `imag`, and for ints `numerator` and `denominator`. */
export function numberProperty(value: PyNumber, name: string): Value | undefined {
  if (name === 'real') return value;
  if (name === 'imag') return isInt(value) ? 0 : new PyFloat(0);
  if (!isInt(value)) return undefined;
  if (name === 'numerator') return value;
  return name === 'denominator' ? 1 : undefined;
}
