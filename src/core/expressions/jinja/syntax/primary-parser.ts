import { GrammarError } from '../../errors.js';
import type { Expression } from './ast.js';
import type { ParseExpression, TokenStream } from './token-stream.js';
import { describeToken } from './tokens.js';

/** Names that are constants wherever they stand. */
export const CONSTANTS: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

/** A name, literal or bracketed expression. @param allowsNamespace  `ns.attr` is one operand, the target of a `set` */
export function parsePrimary(stream: TokenStream, parse: ParseExpression, allowsNamespace = false): Expression {
  const token = stream.current;
  switch (token.kind) {
    case 'name':
      stream.next();
      return parseName(stream, token.text, allowsNamespace);
    case 'string':
      return parseStrings(stream);
    case 'integer':
    case 'float':
      stream.next();
      return { kind: 'const', value: token.value };
    case 'operator':
      if (token.text === '(') return parseParenthesised(stream, parse);
      if (token.text === '[') return parseList(stream, parse);
      if (token.text === '{') return parseDict(stream, parse);
      break;
    default:
  }
  throw new GrammarError(`unexpected '${describeToken(token)}'`);
}

function parseName(stream: TokenStream, name: string, allowsNamespace: boolean): Expression {
  if (Object.hasOwn(CONSTANTS, name)) return { kind: 'const', value: CONSTANTS[name] ?? null };
  if (!allowsNamespace || !stream.skipOperator('.')) return { kind: 'name', name };
  return { kind: 'namespace', name, attribute: stream.expect('name').text };
}

function parseStrings(stream: TokenStream): Expression {
  let text = '';
  while (stream.isAt('string')) text += stream.next().text;
  return { kind: 'const', value: text };
}

function parseParenthesised(stream: TokenStream, parse: ParseExpression): Expression {
  stream.next();
  const inner = parseTuple(stream, parse, true);
  stream.expectOperator(')');
  return inner;
}

function parseList(stream: TokenStream, parse: ParseExpression): Expression {
  stream.next();
  const items: Expression[] = [];
  while (!stream.isAtOperator(']')) {
    if (items.length > 0) stream.expectOperator(',');
    if (stream.isAtOperator(']')) break;
    items.push(parse(stream));
  }
  stream.expectOperator(']');
  return { kind: 'list', items };
}

function parseDict(stream: TokenStream, parse: ParseExpression): Expression {
  stream.next();
  const items: [Expression, Expression][] = [];
  while (!stream.isAtOperator('}')) {
    if (items.length > 0) stream.expectOperator(',');
    if (stream.isAtOperator('}')) break;
    const key = parse(stream);
    stream.expectOperator(':');
    items.push([key, parse(stream)]);
  }
  stream.expectOperator('}');
  return { kind: 'dict', items };
}

/**
 * One expression, or several with commas between them as a tuple.
 * @param isParenthesised  nothing at all is an empty tuple
 */
export function parseTuple(stream: TokenStream, parseItem: ParseExpression, isParenthesised = false): Expression {
  const items: Expression[] = [];
  let isTuple = false;
  for (;;) {
    if (items.length > 0) stream.expectOperator(',');
    if (isTupleEnd(stream)) break;
    items.push(parseItem(stream));
    if (!stream.isAtOperator(',')) break;
    isTuple = true;
  }
  if (isTuple) return { kind: 'tuple', items };
  const only = items[0];
  if (only) return only;
  if (isParenthesised) return { kind: 'tuple', items };
  throw new GrammarError(`Expected an expression, got '${describeToken(stream.current)}'`);
}

function isTupleEnd(stream: TokenStream): boolean {
  return stream.isAt('variable_end') || stream.isAt('block_end') || stream.isAtOperator(')');
}
