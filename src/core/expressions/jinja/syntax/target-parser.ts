import { GrammarError } from '../../errors.js';
import type { Expression, Target } from './ast.js';
import { parseExpression } from './expression-parser.js';
import { CONSTANTS, parsePrimary, parseTuple } from './primary-parser.js';
import type { TokenStream } from './token-stream.js';

/**
 * `x`, `a, b`, `(a, (b, c))`.
 * @param allowsNamespace  `ns.attr` may be assigned to as well
 * @throws {GrammarError} for what can't be assigned to
 */
export function parseTarget(stream: TokenStream, allowsNamespace = false): Target {
  const expression = parseTuple(stream, (tokens) => parsePrimary(tokens, parseExpression, allowsNamespace));
  return toTarget(expression) ?? cannotAssign(expression);
}

/** One plain name, as after `macro` and `as`. */
export function parseTargetName(stream: TokenStream): string {
  const { text } = stream.expect('name');
  if (Object.hasOwn(CONSTANTS, text)) throw new GrammarError("can't assign to 'name'");
  return text;
}

function toTarget(expression: Expression): Target | null {
  if (expression.kind === 'name' || expression.kind === 'namespace') return expression;
  if (expression.kind !== 'tuple') return null;
  const items: Target[] = [];
  for (const item of expression.items) {
    const target = toTarget(item);
    if (!target) return null;
    items.push(target);
  }
  return { kind: 'tuple', items };
}

const TYPE_NAMES: Readonly<Partial<Record<Expression['kind'], string>>> = {
  attribute: 'getattr',
  item: 'getitem',
  conditional: 'condexpr',
};

function cannotAssign(expression: Expression): never {
  throw new GrammarError(`can't assign to '${TYPE_NAMES[expression.kind] ?? expression.kind}'`);
}
