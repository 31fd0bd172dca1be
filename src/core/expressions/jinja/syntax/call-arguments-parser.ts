import { GrammarError } from '../../errors.js';
import type { CallArguments, Expression, NamedArgument } from './ast.js';
import type { ParseExpression, TokenStream } from './token-stream.js';

interface Draft {
  readonly positional: Expression[];
  readonly named: NamedArgument[];
  star: Expression | null;
  doubleStar: Expression | null;
}

/**
 * `(1, name=2, *list, **dict)`; a trailing comma is allowed.
 * @throws {GrammarError} when a positional argument follows a named one or a star
 */
export function parseCallArguments(stream: TokenStream, parse: ParseExpression): CallArguments {
  stream.expectOperator('(');
  const draft: Draft = { positional: [], named: [], star: null, doubleStar: null };
  let needsComma = false;
  while (!stream.isAtOperator(')')) {
    if (needsComma) {
      stream.expectOperator(',');
      if (stream.isAtOperator(')')) break;
    }
    parseArgument(stream, parse, draft);
    needsComma = true;
  }
  stream.expectOperator(')');
  return draft;
}

function parseArgument(stream: TokenStream, parse: ParseExpression, draft: Draft): void {
  if (stream.isAtOperator('*')) {
    ensure(draft.star === null && draft.doubleStar === null);
    stream.next();
    draft.star = parse(stream);
  } else if (stream.isAtOperator('**')) {
    ensure(draft.doubleStar === null);
    stream.next();
    draft.doubleStar = parse(stream);
  } else if (stream.isAt('name') && isAssignment(stream)) {
    ensure(draft.doubleStar === null);
    const name = stream.next().text;
    stream.next();
    draft.named.push({ name, value: parse(stream) });
  } else {
    ensure(draft.star === null && draft.doubleStar === null && draft.named.length === 0);
    draft.positional.push(parse(stream));
  }
}

function isAssignment(stream: TokenStream): boolean {
  const after = stream.look();
  return after.kind === 'operator' && after.text === '=';
}

function ensure(isValid: boolean): void {
  if (!isValid) throw new GrammarError('invalid syntax for function call expression');
}
