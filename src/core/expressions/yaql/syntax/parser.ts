import type { Argument, ConstantNode, Node } from './ast.js';
import { unexpectedEnd, unexpectedToken, YaqlSyntaxError } from './errors.js';
import { Lexer, type Token } from './lexer.js';
import { floatRepr } from '../../../shared/index.js';

/** How tightly a binary operator binds; `->` alone groups to the right. */
const BINARY: ReadonlyMap<string, number> = new Map([
  ['->', 1],
  ['or', 2],
  ['and', 3],
  ...['<', '>', '<=', '>=', '=', '!=', 'in'].map((operator) => [operator, 5] as const),
  ['+', 6],
  ['-', 6],
  ...['*', '/', 'mod'].map((operator) => [operator, 7] as const),
  ['=~', 8],
  ['!~', 8],
  ['.', 11],
  ['?.', 11],
]);
const INDEX_STRENGTH = 10;
const PREFIX: ReadonlyMap<string, number> = new Map([
  ['not', 4],
  ['+', 9],
  ['-', 9],
]);
const MAX_DEPTH = 400;

/**
 * Parses one stripped YAQL expression.
 * @throws {YaqlSyntaxError}
 */
export function parse(text: string): Node {
  return new Parser(text).parseAll();
}

class Parser {
  readonly #lexer: Lexer;
  #token: Token;
  #depth = 0;

  constructor(readonly text: string) {
    this.#lexer = new Lexer(text);
    this.#token = this.#lexer.next();
  }

  parseAll(): Node {
    const node = this.#expression(0);
    if (this.#token.kind !== 'end') throw this.#unexpected();
    return node;
  }

  /** Reads operators that bind more strongly than `strength`. */
  #expression(strength: number): Node {
    if (++this.#depth > MAX_DEPTH) throw new YaqlSyntaxError('Parse error: the expression is nested too deeply', null);
    let left = this.#operand();
    for (;;) {
      const symbol = this.#symbol();
      if (symbol === '[' && strength < INDEX_STRENGTH) {
        this.#advance();
        left = { kind: 'index', target: left, args: this.#arguments(']') };
        continue;
      }
      const power = symbol === undefined ? undefined : BINARY.get(symbol);
      if (symbol === undefined || power === undefined || power <= strength) break;
      this.#advance();
      const right = this.#expression(symbol === '->' ? power - 1 : power);
      left = { kind: 'binary', operator: symbol, left, right };
    }
    this.#depth--;
    return left;
  }

  #operand(): Node {
    const token = this.#token;
    switch (token.kind) {
      case 'constant':
        this.#advance();
        return { kind: 'constant', value: token.value, isWord: token.isWord };
      case 'variable':
        this.#advance();
        return { kind: 'variable', name: token.name === '$' ? '$1' : token.name };
      case 'call':
        this.#advance();
        return { kind: 'call', name: token.name, args: this.#arguments(')') };
      case 'symbol':
        return this.#bracketed(token.symbol);
      case 'end':
        throw unexpectedEnd();
    }
  }

  #bracketed(symbol: string): Node {
    const power = PREFIX.get(symbol);
    if (power === undefined && symbol !== '(' && symbol !== '[' && symbol !== '{') throw this.#unexpected();
    this.#advance();
    if (power !== undefined) return { kind: 'unary', operator: symbol, operand: this.#expression(power) };
    if (symbol === '[') return { kind: 'list', args: this.#arguments(']') };
    if (symbol === '{') return { kind: 'map', args: this.#arguments('}') };
    const inner = this.#expression(0);
    this.#expect(')');
    return { kind: 'group', inner };
  }

  /**
   * Positional arguments, any of them skipped, then named ones. After a skipped argument a named one may only follow if
   * a value came before the gap.
   */
  #arguments(close: string): readonly Argument[] {
    const args: Argument[] = [];
    if (this.#take(close)) return args;
    let gap = 0;
    let onlyNamed = false;
    for (;;) {
      if (this.#symbol() === ',' && !onlyNamed) {
        this.#advance();
        args.push({ kind: 'skipped' });
        gap++;
        continue;
      }
      const node = this.#expression(0);
      const mayBeNamed = onlyNamed || gap === 0 || (gap === 1 && args.length > 1);
      if (this.#symbol() === '=>' && mayBeNamed) {
        this.#advance();
        args.push({ kind: 'rule', key: node, value: this.#expression(0) });
        onlyNamed = true;
      } else if (onlyNamed) throw this.#unexpected();
      else args.push({ kind: 'value', node });
      gap = 0;
      if (!this.#take(',')) break;
    }
    this.#expect(close);
    return args;
  }

  #symbol(): string | undefined {
    return this.#token.kind === 'symbol' ? this.#token.symbol : undefined;
  }

  #take(symbol: string): boolean {
    if (this.#symbol() !== symbol) return false;
    this.#advance();
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw this.#unexpected();
  }

  #advance(): void {
    this.#token = this.#lexer.next();
  }

  #unexpected(): YaqlSyntaxError {
    const token = this.#token;
    return token.kind === 'end' ? unexpectedEnd() : unexpectedToken(this.text, shownToken(token), token.at);
  }
}

function shownToken(token: Exclude<Token, { kind: 'end' }>): string {
  switch (token.kind) {
    case 'symbol':
      return token.symbol;
    case 'variable':
    case 'call':
      return token.name;
    case 'constant':
      return shownConstant(token.value);
  }
}

function shownConstant(value: ConstantNode['value']): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? floatRepr(value.float) : String(value);
}
