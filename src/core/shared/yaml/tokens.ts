export type TokenKind =
  | 'stream end'
  | 'directive'
  | 'document start'
  | 'document end'
  | 'block sequence start'
  | 'block mapping start'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | '?'
  | ':'
  | 'tag'
  | 'scalar';

export type ScalarStyle = 'plain' | "'" | '"' | '|' | '>';

/** One token; `start` and `end` are offsets in the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Scalar: its text. Tag: its suffix. Directive: its name. */
  readonly value?: string;
  readonly style?: ScalarStyle;
  /** Tag: `!` or `!name!`; absent in `!<uri>`. `%TAG` directive: the handle it defines. */
  readonly handle?: string;
  /** `%TAG` directive: the prefix. `%YAML` directive: the major version. */
  readonly prefix?: string;
}

const BRACKETED = /^[a-z]/;

/** The name of a token in messages: `'<block end>'`, `','`. */
export function tokenName(token: Token): string {
  return BRACKETED.test(token.kind) ? `'<${token.kind}>'` : `'${token.kind}'`;
}
