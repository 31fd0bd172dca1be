import { digitValue } from '../../values/index.js';
import type { Constant } from './ast.js';
import { illegalCharacter } from './errors.js';
import { resolveEscapes } from './escapes.js';

/** A token with its place in the text, in UTF-16 units. */
export type Token =
  | { readonly kind: 'constant'; readonly value: Constant; readonly isWord: boolean; readonly at: number }
  | { readonly kind: 'variable'; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly symbol: string; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

const SPACE = /[ \t\r\n]*/y;
const VARIABLE = /\$[\p{L}\p{N}_]*/uy;
const NUMBER = /\p{Nd}+(?:\.?\p{Nd}+)?(?![\p{L}\p{N}_])/uy;
const CALL = /[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*(?=\()/uy;
const WORD = /(?!__)[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*/uy;
const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/uy;
const VERBATIM = /`(?:[^`\\]|\\.)*`/uy;
const SYMBOL = /\?\.|->|=>|=~|!~|!=|<=|>=|[.[{()\]},+\-*/=<>]/y;

const WORD_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'mod']);
const WORD_CONSTANTS: ReadonlyMap<string, Constant> = new Map<string, Constant>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Reads one token at a time, so that a syntax error wins over an illegal character further on. */
export class Lexer {
  #at = 0;

  constructor(readonly text: string) {}

  /** @throws {YaqlSyntaxError} at a character that starts no token */
  next(): Token {
    this.#match(SPACE);
    const at = this.#at;
    if (at >= this.text.length) return { kind: 'end', at };
    const token = this.#word(at) ?? this.#literal(at);
    if (token) return token;
    const symbol = this.#match(SYMBOL);
    if (symbol === undefined) throw illegalCharacter(this.text, at);
    return { kind: 'symbol', symbol, at };
  }

  #word(at: number): Token | undefined {
    const variable = this.#match(VARIABLE);
    if (variable !== undefined) return { kind: 'variable', name: variable, at };
    const called = this.#match(CALL);
    if (called !== undefined) {
      this.#at++;
      return { kind: 'call', name: called, at };
    }
    const word = this.#match(WORD);
    if (word === undefined) return undefined;
    if (WORD_OPERATORS.has(word)) return { kind: 'symbol', symbol: word, at };
    const value = WORD_CONSTANTS.get(word);
    return { kind: 'constant', value: value === undefined ? word : value, isWord: value === undefined, at };
  }

  #literal(at: number): Token | undefined {
    const digits = this.#match(NUMBER);
    if (digits !== undefined) return { kind: 'constant', value: numberOf(digits), isWord: false, at };
    const quoted = this.#match(QUOTED);
    if (quoted !== undefined) {
      return { kind: 'constant', value: resolveEscapes(quoted.slice(1, -1)), isWord: false, at };
    }
    const verbatim = this.#match(VERBATIM);
    if (verbatim === undefined) return undefined;
    return { kind: 'constant', value: verbatim.slice(1, -1).replaceAll('\\`', '`'), isWord: false, at };
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

function numberOf(digits: string): Constant {
  const ascii = digits.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  return ascii.includes('.') ? { float: Number(ascii) } : BigInt(ascii);
}
