import { InputError } from './errors.js';
import { toFloat } from './float-text.js';
import { type Container, DICT_END, DictInMaking, ListInMaking } from './json-containers.js';
import { stringEndOf } from './json-strings.js';
import type { Json } from './py-dict.js';

/** Text that is not JSON; `position` counts UTF-16 units from 0. */
export class JsonSyntaxError extends InputError {
  override readonly code = 'JSON_INVALID';

  constructor(
    what: string,
    readonly position: number,
    text: string,
  ) {
    const before = text.slice(0, position).split('\n');
    super(`${what}: line ${before.length} column ${(before.at(-1) ?? '').length + 1} (char ${position})`);
  }
}

export interface JsonParseOptions {
  /** Takes `NaN`, `Infinity` and `-Infinity`, as Python does by default. */
  readonly allowNaN?: boolean;
}

/** Levels of nesting that are read. */
export const MAX_DEPTH = 900;

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const LIST = 91;
const DICT = 123;
/** So many digits always make a safe integer. */
const SAFE_DIGITS = 15;
/** Up to so many characters texts are copied when they are cut out of another. */
const SHORT_TEXT = 12;
const WORDS = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const NAN_WORDS = new Map<string, Json>([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** Reads JSON without loss, as much at a time as the caller wants. */
export class JsonReading {
  #at = 0;
  #value: Json | undefined;
  #isOver = false;
  #inner: Container | undefined;
  readonly #outer: Container[] = [];

  constructor(
    private readonly text: string,
    private readonly options: JsonParseOptions = {},
  ) {}

  /** All of the text's value. @throws {JsonSyntaxError} */
  readAll(): Json {
    this.advance(Infinity);
    return this.value;
  }

  /** What was read, once {@link advance} has said that it is all. */
  get value(): Json {
    return this.#value ?? null;
  }

  /** Reads on for about so many characters. @returns whether all is read. @throws {JsonSyntaxError} */
  advance(characters: number): boolean {
    const until = this.#at + characters;
    if (this.#at === 0) this.#skipSpace();
    while (!this.#isOver && this.#at <= until) this.#step();
    return this.#isOver;
  }

  /** From the beginning of a value to that of the next. */
  #step(): void {
    const code = this.text.charCodeAt(this.#at);
    if (code === LIST || code === DICT) this.#open(code);
    else this.#take(code === QUOTE ? this.#readString() : (this.#readNumber(code) ?? this.#readWord()));
  }

  #open(code: number): void {
    if (this.#outer.length + (this.#inner === undefined ? 0 : 1) >= MAX_DEPTH)
      this.#fail(`More than ${MAX_DEPTH} levels of nesting`);
    this.#at++;
    this.#skipSpace();
    if (this.#inner !== undefined) this.#outer.push(this.#inner);
    this.#inner = code === LIST ? new ListInMaking() : new DictInMaking();
    if (this.text.charCodeAt(this.#at) === this.#inner.end) this.#close(this.#inner);
    else if (code === DICT) this.#readKey(this.#inner);
  }

  #close(inner: Container): void {
    this.#at++;
    this.#inner = this.#outer.pop();
    this.#take(inner.value);
  }

  /** Puts a value where it belongs and goes to the beginning of the next one. */
  #take(value: Json): void {
    this.#skipSpace();
    const inner = this.#inner;
    if (inner === undefined) return this.#finish(value);
    inner.add(value);
    const code = this.text.charCodeAt(this.#at);
    if (code === inner.end) return this.#close(inner);
    if (code !== COMMA) this.#fail("Expecting ',' delimiter");
    this.#at++;
    this.#skipSpace();
    if (inner.end === DICT_END) this.#readKey(inner);
  }

  #finish(value: Json): void {
    if (this.#at < this.text.length) this.#fail('Extra data');
    this.#value = value;
    this.#isOver = true;
  }

  #readKey(dict: Container): void {
    if (this.text.charCodeAt(this.#at) !== QUOTE) this.#fail('Expecting property name enclosed in double quotes');
    dict.key = this.#readString();
    this.#skipSpace();
    if (this.text.charCodeAt(this.#at) !== COLON) this.#fail("Expecting ':' delimiter");
    this.#at++;
    this.#skipSpace();
  }

  #readString(): string {
    const start = this.#at;
    const { end, isEscaped, problem } = stringEndOf(this.text, start);
    if (problem !== undefined) this.#fail(problem, end);
    this.#at = end + 1;
    if (!isEscaped && end - start <= SHORT_TEXT) return this.text.slice(start + 1, end);
    // What is cut out of a text as it is keeps all of that text in memory.
    return JSON.parse(this.text.slice(start, end + 1)) as string;
  }

  #readNumber(code: number): Json | undefined {
    const { text } = this;
    const start = this.#at;
    const first = code === MINUS ? start + 1 : start;
    const wholeEnd = text.charCodeAt(first) === ZERO ? first + 1 : digitsEnd(text, first);
    if (wholeEnd === first) return undefined;
    this.#at = exponentEnd(text, fractionEnd(text, wholeEnd));
    if (this.#at > wholeEnd) return toFloat(Number(text.slice(start, this.#at)));
    if (wholeEnd - first <= SAFE_DIGITS) return wholeNumber(text, first, wholeEnd, code === MINUS);
    const token = text.slice(start, wholeEnd);
    const whole = Number(token);
    return Number.isSafeInteger(whole) ? whole : BigInt(token);
  }

  #readWord(): Json {
    for (const [word, value] of this.options.allowNaN === true ? [...WORDS, ...NAN_WORDS] : WORDS) {
      if (!this.text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    return this.#fail('Expecting value');
  }

  #skipSpace(): void {
    let code = this.text.charCodeAt(this.#at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.text.charCodeAt(++this.#at);
  }

  #fail(what: string, at = this.#at): never {
    throw new JsonSyntaxError(what, at, this.text);
  }
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); code >= ZERO && code <= 57; code = text.charCodeAt(end)) end++;
  return end;
}

function fractionEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== POINT) return start;
  const end = digitsEnd(text, start + 1);
  return end === start + 1 ? start : end;
}

function exponentEnd(text: string, start: number): number {
  if ((text.charCodeAt(start) | 32) !== 101) return start;
  const sign = text.charCodeAt(start + 1);
  const first = sign === 43 || sign === MINUS ? start + 2 : start + 1;
  const end = digitsEnd(text, first);
  return end === first ? start : end;
}

function wholeNumber(text: string, start: number, end: number, isNegative: boolean): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + text.charCodeAt(at) - ZERO;
  return isNegative && value !== 0 ? -value : value;
}
