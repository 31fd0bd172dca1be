import { dictGet, isDict, PyFloat } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import type { Budget } from '../budget.js';
import { asciiRepr } from '../py-ascii.js';
import { pyRepr, pyStr } from '../py-repr.js';
import { PyTuple } from '../py-tuple.js';
import { truncate } from '../rounding.js';
import { isInt, isNumber, typeName } from '../type-name.js';
import type { PyNumber, Value } from '../types.js';
import { doubleOf, formatFloat, formatInt } from './format-number.js';
import type { FormatSpec } from './format-spec.js';
import { padText } from './pad.js';
import { textSlice } from './text.js';

const DIRECTIVE = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([^])?/uy;

/** Python's `template % argument`: a tuple fills the directives in turn, a dict those with a name. @throws {PyError} */
export function percentFormat(template: string, argument: Value, budget: Budget): string {
  const values = new ArgumentQueue(argument);
  let text = '';
  let at = 0;
  for (;;) {
    const percent = template.indexOf('%', at);
    if (percent < 0) break;
    DIRECTIVE.lastIndex = percent;
    const piece = formatDirective(DIRECTIVE.exec(template), template, percent, values, budget);
    text += template.slice(at, percent) + piece;
    budget.output(piece.length);
    at = DIRECTIVE.lastIndex;
  }
  values.checkAllUsed();
  return text + template.slice(at);
}

class ArgumentQueue {
  readonly #items: readonly Value[];
  readonly #isMapping: boolean;
  #used = 0;

  constructor(private readonly argument: Value) {
    this.#items = argument instanceof PyTuple ? argument.items : [argument];
    this.#isMapping = isDict(argument) || Array.isArray(argument);
  }

  next(): Value {
    const value = this.#items[this.#used++];
    if (value === undefined) throw new PyError('TypeError', 'not enough arguments for format string');
    return value;
  }

  named(name: string): Value {
    if (!isDict<Value>(this.argument)) throw new PyError('TypeError', 'format requires a mapping');
    const value = dictGet<Value>(this.argument, name);
    if (value === undefined) throw new PyError('KeyError', pyRepr(name));
    return value;
  }

  nextInt(): number {
    const value = this.next();
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new PyError('TypeError', '* wants int');
    return value;
  }

  checkAllUsed(): void {
    if (this.#used < this.#items.length && !this.#isMapping) {
      throw new PyError('TypeError', 'not all arguments converted during string formatting');
    }
  }
}

function formatDirective(
  match: RegExpExecArray | null,
  template: string,
  at: number,
  values: ArgumentQueue,
  budget: Budget,
): string {
  if (match?.[0] === '%%') return '%';
  const [token = '', name, flags = '', width, precision, type] = match ?? [];
  if (type === undefined) {
    throw new PyError(
      'ValueError',
      template.startsWith('%(', at) && name === undefined ? 'incomplete format key' : 'incomplete format',
    );
  }
  const starWidth = width === '*' ? values.nextInt() : Number(width ?? 0);
  const starPrecision =
    precision === '*' ? Math.max(0, values.nextInt()) : precision === undefined ? undefined : Number(precision);
  const isLeft = flags.includes('-') || starWidth < 0;
  const spec: FormatSpec = {
    fill: flags.includes('0') && !isLeft ? '0' : ' ',
    align: isLeft ? '<' : flags.includes('0') ? '=' : '>',
    sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '',
    noNegativeZero: false,
    alternate: flags.includes('#'),
    width: Math.abs(starWidth),
    grouping: '',
    precision: starPrecision,
    type,
  };
  if (!'diuoxXeEfFgGcrsa'.includes(type)) {
    const index = Array.from(template.slice(0, at + token.length)).length - 1;
    const hex = (type.codePointAt(0) ?? 0).toString(16);
    throw new PyError('ValueError', `unsupported format character '${type}' (0x${hex}) at index ${index}`);
  }
  return formatOne(name === undefined ? values.next() : values.named(name), spec, budget);
}

function formatOne(value: Value, spec: FormatSpec, budget: Budget): string {
  switch (spec.type) {
    case 's':
      return padded(pyStr(value), spec, budget);
    case 'r':
      return padded(pyRepr(value), spec, budget);
    case 'a':
      return padded(asciiRepr(value), spec, budget);
    case 'c':
      return padded(characterOf(value), { ...spec, precision: undefined }, budget);
    case 'd':
    case 'i':
    case 'u':
      return formatWhole(truncate(numberOf(value, spec.type, true)), { ...spec, type: 'd' }, budget);
    case 'o':
    case 'x':
    case 'X':
      return formatWhole(numberOf(value, spec.type, false) as number | bigint, spec, budget);
    default:
      return formatFloat(doubleOf(numberOf(value, spec.type, true)), spec, budget);
  }
}

/** A precision is the least number of digits here. */
function formatWhole(value: number | bigint, spec: FormatSpec, budget: Budget): string {
  const { precision = 0 } = spec;
  const bare = { ...spec, precision: undefined, width: 0, sign: '', alternate: false, align: undefined };
  const digits = formatInt(value < 0 ? -value : value, bare, budget);
  budget.output(precision);
  const prefix = spec.alternate && spec.type !== 'd' ? `0${spec.type}` : '';
  const start = (value < 0 ? '-' : spec.sign) + prefix;
  const body = digits.padStart(precision, '0');
  if (spec.align === '=') return start + padText(body, spec.width - start.length, '0', '>', budget);
  return padText(start + body, spec.width, ' ', spec.align ?? '>', budget);
}

function padded(text: string, spec: FormatSpec, budget: Budget): string {
  const shown = spec.precision === undefined ? text : textSlice(text, 0, spec.precision);
  return padText(shown, spec.width, ' ', spec.align === '<' ? '<' : '>', budget);
}

function characterOf(value: Value): string {
  if (typeof value === 'string' && Array.from(value).length === 1) return value;
  const code = typeof value === 'boolean' ? Number(value) : value;
  if (!isInt(code)) throw new PyError('TypeError', '%c requires int or char');
  if (code < 0 || code > 0x10ffff) throw new PyError('OverflowError', '%c arg not in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

function numberOf(value: Value, type: string, takesFloat: boolean): PyNumber {
  if (typeof value === 'boolean') return Number(value);
  if (isNumber(value) && (takesFloat || !isFloatValue(value))) return value;
  const isFloatType = 'eEfFgG'.includes(type);
  const wanted = takesFloat ? 'a real number is required' : 'an integer is required';
  throw new PyError(
    'TypeError',
    isFloatType ? `must be real number, not ${typeName(value)}` : `%${type} format: ${wanted}, not ${typeName(value)}`,
  );
}

function isFloatValue(value: PyNumber): boolean {
  return value instanceof PyFloat || (typeof value === 'number' && !Number.isSafeInteger(value));
}
