import type { Value } from '../../values/index.js';

/** Kinds of token; an operator's kind is its text. */
export type TokenKind =
  | 'data'
  | 'block_begin'
  | 'block_end'
  | 'variable_begin'
  | 'variable_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'eof';

/** One token; `text` is the name, operator, data or unescaped string, `value` the number. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly value: Value;
  readonly line: number;
}

const DESCRIPTIONS: Readonly<Partial<Record<TokenKind, string>>> = {
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  data: 'template data / text',
  eof: 'end of template',
};

/** How error messages call a kind of token: `end of print statement`. */
export function describeKind(kind: TokenKind): string {
  return DESCRIPTIONS[kind] ?? kind;
}

/** How error messages call a token: names and operators by their text, the others by kind. */
export function describeToken(token: Token): string {
  return token.kind === 'name' || token.kind === 'operator' ? token.text : describeKind(token.kind);
}
