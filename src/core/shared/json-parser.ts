import { toDict } from './dict.js';
import { InputError } from './errors.js';
import { toFloat } from './float-text.js';
import { needsCareToParse } from './json-scan.js';
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

const MAX_DEPTH = 900;

/**
 * Reads JSON without loss (`4.0` stays a float, long integers become `bigint`, order of keys is kept); the last of equal
 * keys wins.
 * @throws {JsonSyntaxError}
 */
export function parseJson(text: string, options: JsonParseOptions = {}): Json {
  if (!needsCareToParse(text, MAX_DEPTH)) {
    try {
      return JSON.parse(text) as Json;
    } catch {
      // The careful reader below finds the place, or accepts NaN.
    }
  }
  return new JsonReader(text, options.allowNaN ?? false).readDocument();
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y;
const SPACE = /[ \t\r\n]*/y;
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

class JsonReader {
  #at = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    private readonly allowNaN: boolean,
  ) {}

  readDocument(): Json {
    this.#skipSpace();
    const value = this.#readValue();
    this.#skipSpace();
    if (this.#at < this.text.length) this.#fail('Extra data');
    return value;
  }

  #readValue(): Json {
    switch (this.text[this.#at]) {
      case '{':
        return this.#nested(() => this.#readObject());
      case '[':
        return this.#nested(() => this.#readList());
      case '"':
        return this.#readString();
      default:
        return this.#readNumber() ?? this.#readWord();
    }
  }

  #nested(read: () => Json): Json {
    if (++this.#depth > MAX_DEPTH) this.#fail(`More than ${MAX_DEPTH} levels of nesting`);
    this.#at++;
    this.#skipSpace();
    const value = read();
    this.#depth--;
    return value;
  }

  #readObject(): Json {
    const pairs: [string, Json][] = [];
    if (this.#take('}')) return {};
    for (;;) {
      if (this.text[this.#at] !== '"') this.#fail('Expecting property name enclosed in double quotes');
      const key = this.#readString();
      this.#skipSpace();
      if (!this.#take(':')) this.#fail("Expecting ':' delimiter");
      this.#skipSpace();
      pairs.push([key, this.#readValue()]);
      this.#skipSpace();
      if (this.#take('}')) return toDict(pairs);
      if (!this.#take(',')) this.#fail("Expecting ',' delimiter");
      this.#skipSpace();
    }
  }

  #readList(): Json {
    const items: Json[] = [];
    if (this.#take(']')) return items;
    for (;;) {
      items.push(this.#readValue());
      this.#skipSpace();
      if (this.#take(']')) return items;
      if (!this.#take(',')) this.#fail("Expecting ',' delimiter");
      this.#skipSpace();
    }
  }

  #readString(): string {
    STRING.lastIndex = this.#at;
    const token = STRING.exec(this.text)?.[0];
    if (token === undefined) return this.#failString();
    this.#at += token.length;
    return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
  }

  #readNumber(): Json | undefined {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.text);
    if (!match) return undefined;
    const [token, fraction, exponent] = match;
    this.#at += token.length;
    if (fraction !== undefined || exponent !== undefined) return toFloat(Number(token));
    const whole = Number(token);
    return Number.isSafeInteger(whole) ? whole + 0 : BigInt(token);
  }

  #readWord(): Json {
    for (const [word, value] of this.allowNaN ? [...WORDS, ...NAN_WORDS] : WORDS) {
      if (this.text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#fail('Expecting value');
  }

  #take(mark: string): boolean {
    if (this.text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    if (this.text.charCodeAt(this.#at) > 32) return;
    SPACE.lastIndex = this.#at;
    SPACE.test(this.text);
    this.#at = SPACE.lastIndex;
  }

  #failString(): never {
    const rest = /^"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*/.exec(this.text.slice(this.#at));
    const start = this.#at;
    const end = start + (rest?.[0].length ?? 0);
    if (end >= this.text.length) return this.#fail('Unterminated string starting at', start);
    return this.#fail(this.text[end] === '\\' ? 'Invalid \\escape' : 'Invalid control character at', end);
  }

  #fail(what: string, at = this.#at): never {
    throw new JsonSyntaxError(what, at, this.text);
  }
}
