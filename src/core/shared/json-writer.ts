import { isPlainObject } from './dict.js';
import { floatRepr } from './float-text.js';
import { PyDict } from './py-dict.js';
import { PyFloat } from './py-float.js';

export interface JsonWriteOptions {
  /** `python`: `", "` and `": "` and ASCII only, as `json.dumps`; `compact`: no spaces, any character. */
  readonly style?: 'python' | 'compact';
  /** Spaces per level; separators then are `,\n` and `: `, empty containers stay `[]` and `{}`. */
  readonly indent?: number;
  readonly sortKeys?: boolean;
  /** Escape everything beyond ASCII; by default what the style says. */
  readonly ascii?: boolean;
  /** Turns a value that is not data (a set, a date) into data. */
  readonly other?: (value: object) => unknown;
}

/**
 * JSON text of data, without loss of `4.0`, long integers and order of keys. Floats that JSON lacks are `NaN`, `Infinity`
 * in python style and `null` in compact style.
 * @throws {TypeError} for a key or a value that JSON can't express
 */
export function stringifyJson(value: unknown, options: JsonWriteOptions = {}): string {
  const python = options.style === 'python';
  const settings: Settings = {
    ascii: options.ascii ?? python,
    nan: python,
    comma: options.indent === undefined && python ? ', ' : ',',
    colon: options.indent !== undefined || python ? ': ' : ':',
    indent: options.indent === undefined ? null : ' '.repeat(options.indent),
    sortKeys: options.sortKeys ?? false,
    other: options.other,
  };
  return write(value, settings, '\n');
}

interface Settings {
  readonly ascii: boolean;
  readonly nan: boolean;
  readonly comma: string;
  readonly colon: string;
  readonly indent: string | null;
  readonly sortKeys: boolean;
  readonly other: ((value: object) => unknown) | undefined;
}

function write(value: unknown, settings: Settings, margin: string): string {
  switch (typeof value) {
    case 'string':
      return quoteJson(value, settings.ascii);
    case 'number':
      return Number.isSafeInteger(value) ? String(value) : writeFloat(value, settings);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return value.toString();
    case 'object':
      return value === null ? 'null' : writeObject(value, settings, margin);
    default:
      throw new TypeError(`Object of type ${typeof value} is not JSON serializable`);
  }
}

function writeFloat(value: number, settings: Settings): string {
  if (Number.isFinite(value)) return floatRepr(value);
  if (!settings.nan) return 'null';
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function writeObject(value: object, settings: Settings, margin: string): string {
  if (Array.isArray(value)) return writeList(value, settings, margin);
  if (value instanceof PyFloat) return writeFloat(value.value, settings);
  if (value instanceof PyDict) {
    return writePairs(
      [...value.entries()].map(([key, item]) => [keyText(key), item] as const),
      settings,
      margin,
    );
  }
  if (isPlainObject<unknown>(value)) return writePlain(value, settings, margin);
  if (settings.other) return write(settings.other(value), settings, margin);
  throw new TypeError(`Object of type ${value.constructor.name} is not JSON serializable`);
}

function writeList(items: readonly unknown[], settings: Settings, margin: string): string {
  if (items.length === 0) return '[]';
  const inner = settings.indent === null ? '' : margin + settings.indent;
  const separator = settings.comma + inner;
  let text = `[${inner}`;
  for (let i = 0; i < items.length; i++) {
    if (i > 0) text += separator;
    text += write(items[i], settings, inner);
  }
  return `${text}${settings.indent === null ? '' : margin}]`;
}

function writePlain(value: Readonly<Record<string, unknown>>, settings: Settings, margin: string): string {
  if (settings.sortKeys || settings.indent !== null) return writePairs(Object.entries(value), settings, margin);
  let text = '{';
  for (const key of Object.keys(value)) {
    if (text.length > 1) text += settings.comma;
    text += quoteJson(key, settings.ascii) + settings.colon + write(value[key], settings, margin);
  }
  return `${text}}`;
}

function writePairs(entries: readonly (readonly [string, unknown])[], settings: Settings, margin: string): string {
  if (entries.length === 0) return '{}';
  const pairs = settings.sortKeys ? [...entries].sort(([a], [b]) => compareCodePoints(a, b)) : entries;
  const inner = settings.indent === null ? '' : margin + settings.indent;
  const texts = pairs.map(
    ([key, item]) => quoteJson(key, settings.ascii) + settings.colon + write(item, settings, inner),
  );
  return `{${inner}${texts.join(settings.comma + inner)}${settings.indent === null ? '' : margin}}`;
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  if (key instanceof PyFloat) return floatRepr(key.value);
  if (typeof key === 'number') return Number.isSafeInteger(key) ? String(key) : floatRepr(key);
  if (key === null || typeof key === 'boolean' || typeof key === 'bigint') return String(key);
  throw new TypeError('keys must be str, int, float, bool or None');
}

const PLAIN_ASCII = /^[ !#-[\]-~]*$/;
const NON_ASCII = /[\u0080-\uffff]/g;

/** A JSON string literal; with `ascii`, everything beyond is `\uXXXX`. */
export function quoteJson(text: string, ascii: boolean): string {
  if (PLAIN_ASCII.test(text)) return `"${text}"`;
  const quoted = JSON.stringify(text);
  return ascii ? quoted.replace(NON_ASCII, escapeUnit) : quoted;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Orders texts by code point, as Python does, which differs from UTF-16 order beyond the BMP. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
