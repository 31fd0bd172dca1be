import { GrammarError } from '../../errors.js';
import type { Expression } from './ast.js';
import { Lexer } from './lexer.js';
import { describeKind, describeToken, type Token, type TokenKind } from './tokens.js';

/** Python's own limit is reached before. */
const MAX_DEPTH = 150;

/** Parses one expression from where the stream is. */
export type ParseExpression = (stream: TokenStream) => Expression;

/** The tokens of a template with one token of look-ahead, and the expectations that the parser states about them. */
export class TokenStream {
  current: Token;
  private readonly lexer: Lexer;
  private ahead: Token | null = null;
  private depth = 0;

  /** @param isExpression  the text is what stands between `{{` and `}}` */
  constructor(text: string, isExpression: boolean) {
    this.lexer = new Lexer(text, isExpression);
    this.current = this.lexer.next();
  }

  /** Runs a part of the parser that may run again inside of itself. @throws {GrammarError} where that goes too deep */
  nested<T>(parse: () => T): T {
    if (++this.depth > MAX_DEPTH) throw new GrammarError('the template is nested too deeply');
    const result = parse();
    this.depth--;
    return result;
  }

  /** The token after the current one. */
  look(): Token {
    this.ahead ??= this.lexer.next();
    return this.ahead;
  }

  /** Goes one token ahead and returns the one left behind. */
  next(): Token {
    const left = this.current;
    this.current = this.look();
    this.ahead = null;
    return left;
  }

  isAt(kind: TokenKind): boolean {
    return this.current.kind === kind;
  }

  isAtName(name: string): boolean {
    return this.current.kind === 'name' && this.current.text === name;
  }

  isAtOperator(operator: string): boolean {
    return this.current.kind === 'operator' && this.current.text === operator;
  }

  skipName(name: string): boolean {
    const isThere = this.isAtName(name);
    if (isThere) this.next();
    return isThere;
  }

  skipOperator(operator: string): boolean {
    const isThere = this.isAtOperator(operator);
    if (isThere) this.next();
    return isThere;
  }

  /** @throws {GrammarError} naming what was expected and what is there */
  expect(kind: TokenKind): Token {
    return this.isAt(kind) ? this.next() : this.fail(describeKind(kind));
  }

  expectName(name: string): Token {
    return this.isAtName(name) ? this.next() : this.fail(name);
  }

  expectOperator(operator: string): Token {
    return this.isAtOperator(operator) ? this.next() : this.fail(operator);
  }

  private fail(expected: string): never {
    if (this.isAt('eof')) throw new GrammarError(`unexpected end of template, expected '${expected}'.`);
    throw new GrammarError(`expected token '${expected}', got '${describeToken(this.current)}'`);
  }
}
