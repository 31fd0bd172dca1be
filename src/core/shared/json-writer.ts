import { isPlainObject } from './dict.js';
import { MANY_ITEMS, rememberedText } from './remembered-texts.js';
import { floatRepr } from './float-text.js';
import { quoteJson } from './json-strings.js';
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

/** The text in Python's style of data that nobody changes any more; that of large lists and dicts is made once. */
export function storedJson(value: unknown): string {
  const writing = new JsonWriting({ ...settingsOf({ style: 'python' }), remembers: true });
  writing.write(value, '');
  return writing.text;
}

/**
 * JSON text of data, without loss of `4.0`, long integers and order of keys. Floats that JSON lacks are `NaN`, `Infinity`
 * in python style and `null` in compact style.
 * @throws {TypeError} for a key or a value that JSON can't express
 */
export function stringifyJson(value: unknown, options: JsonWriteOptions = {}): string {
  const writing = new JsonWriting(settingsOf(options));
  writing.write(value, '\n');
  return writing.text;
}

function settingsOf(options: JsonWriteOptions): Settings {
  const python = options.style === 'python';
  return {
    ascii: options.ascii ?? python,
    nan: python,
    comma: options.indent === undefined && python ? ', ' : ',',
    colon: options.indent !== undefined || python ? ': ' : ':',
    indent: options.indent === undefined ? null : ' '.repeat(options.indent),
    sortKeys: options.sortKeys ?? false,
    other: options.other,
    remembers: false,
  };
}

interface Settings {
  readonly ascii: boolean;
  readonly nan: boolean;
  readonly comma: string;
  readonly colon: string;
  readonly indent: string | null;
  readonly sortKeys: boolean;
  readonly other: ((value: object) => unknown) | undefined;
  readonly remembers: boolean;
}

/** Characters after which a text in the making is laid out flat, so that its parts can be forgotten. */
const FLAT_CHARACTERS = 8192;

class JsonWriting {
  #latest = '';
  readonly #parts: string[] = [];

  constructor(private readonly settings: Settings) {}

  get text(): string {
    return this.#parts.length === 0 ? this.#latest : this.#parts.join('') + this.#latest;
  }

  write(value: unknown, margin: string): void {
    if (typeof value === 'object' && value !== null) this.#writeObject(value, margin);
    else this.#add(scalarText(value, this.settings));
  }

  #add(text: string): void {
    this.#latest += text;
    if (this.#latest.length < FLAT_CHARACTERS) return;
    this.#parts.push(flat(this.#latest));
    this.#latest = '';
  }

  #writeObject(value: object, margin: string): void {
    const { settings } = this;
    if (Array.isArray(value)) this.#writeList(value, margin);
    else if (value instanceof PyFloat) this.#add(floatText(value.value, settings));
    else if (value instanceof PyDict)
      this.#writePairs(
        [...value.entries()].map(([key, item]) => [keyText(key), item] as const),
        margin,
      );
    else if (isPlainObject<unknown>(value)) this.#writePairs(Object.entries(value), margin);
    else if (settings.other) this.write(settings.other(value), margin);
    else throw new TypeError(`Object of type ${value.constructor.name} is not JSON serializable`);
  }

  #writeList(items: readonly unknown[], margin: string): void {
    if (items.length === 0) return this.#add('[]');
    if (items.length < MANY_ITEMS || !this.settings.remembers) return this.#writeItems(items, margin);
    this.#add(rememberedText(items, () => this.#textOf((writing) => writing.#writeItems(items, margin))));
  }

  #textOf(write: (writing: JsonWriting) => void): string {
    const writing = new JsonWriting(this.settings);
    write(writing);
    return writing.text;
  }

  #writeItems(items: readonly unknown[], margin: string): void {
    const { comma, indent } = this.settings;
    const inner = indent === null ? '' : margin + indent;
    const separator = comma + inner;
    this.#add(`[${inner}`);
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.#add(separator);
      this.write(items[i], inner);
    }
    this.#add(indent === null ? ']' : `${margin}]`);
  }

  #writePairs(entries: readonly (readonly [string, unknown])[], margin: string): void {
    if (entries.length === 0) return this.#add('{}');
    const { ascii, comma, colon, indent, sortKeys } = this.settings;
    const pairs = sortKeys ? [...entries].sort(([a], [b]) => compareCodePoints(a, b)) : entries;
    const inner = indent === null ? '' : margin + indent;
    let before = `{${inner}`;
    for (const [key, item] of pairs) {
      this.#add(before + quoteJson(key, ascii) + colon);
      this.write(item, inner);
      before = comma + inner;
    }
    this.#add(indent === null ? '}' : `${margin}}`);
  }
}

/** The same text, no longer a tree of the parts it was made of. */
function flat(text: string): string {
  text.charCodeAt(0);
  return text;
}

function scalarText(value: unknown, settings: Settings): string {
  switch (typeof value) {
    case 'string':
      return quoteJson(value, settings.ascii);
    case 'number':
      return Number.isSafeInteger(value) ? String(value) : floatText(value, settings);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return value.toString();
    case 'object':
      return 'null';
    default:
      throw new TypeError(`Object of type ${typeof value} is not JSON serializable`);
  }
}

function floatText(value: number, settings: Settings): string {
  if (Number.isFinite(value)) return floatRepr(value);
  if (!settings.nan) return 'null';
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  if (key instanceof PyFloat) return floatRepr(key.value);
  if (typeof key === 'number') return Number.isSafeInteger(key) ? String(key) : floatRepr(key);
  if (key === null || typeof key === 'boolean' || typeof key === 'bigint') return String(key);
  throw new TypeError('keys must be str, int, float, bool or None');
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
