import { RegexError } from './regex-error.js';

/** The characters of a pattern, read one by one. */
export class PatternSource {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#characters = Array.from(pattern);
  }

  get position(): number {
    return this.#at;
  }

  set position(at: number) {
    this.#at = at;
  }

  /** The next character, or `undefined` at the end. */
  peek(ahead = 0): string | undefined {
    return this.#characters[this.#at + ahead];
  }

  /** @throws {RegexError} with `missing` at the end */
  next(missing: string, position = this.#at): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw new RegexError(missing, position);
    this.#at++;
    return character;
  }

  take(character: string): boolean {
    if (this.#characters[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  /** Up to `count` characters of a class. */
  takeWhile(test: (character: string) => boolean, count = Infinity): string {
    let taken = '';
    for (let i = 0; i < count; i++) {
      const character = this.peek();
      if (character === undefined || !test(character)) break;
      taken += character;
      this.#at++;
    }
    return taken;
  }

  /** Everything before `end`, which is taken too. @throws {RegexError} when it is missing or nothing is before it */
  until(end: string, what: string): string {
    const start = this.#at;
    const text = this.takeWhile((character) => character !== end);
    if (this.peek() === undefined) {
      throw new RegexError(text === '' ? `missing ${what}` : `missing ${end}, unterminated name`, start);
    }
    if (text === '') throw new RegexError(`missing ${what}`, start);
    this.#at++;
    return text;
  }
}

export function isOctal(character: string): boolean {
  return character >= '0' && character <= '7' && character.length === 1;
}

export function isDecimal(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

export function isHex(character: string): boolean {
  return /^[0-9a-fA-F]$/.test(character);
}
