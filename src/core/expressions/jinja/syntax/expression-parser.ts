import { GrammarError } from '../../errors.js';
import type {
  BinaryOperator,
  CallExpression,
  ComparisonOperator,
  CompareExpression,
  Expression,
  FilterExpression,
} from './ast.js';
import { parseCallArguments } from './call-arguments-parser.js';
import { parsePrimary } from './primary-parser.js';
import type { TokenStream } from './token-stream.js';

const COMPARISONS = new Set<string>(['==', '!=', '<', '<=', '>', '>=']);
const NO_ARGUMENTS = { positional: [], named: [], star: null, doubleStar: null } as const;

/** One expression, up to the first token that can't belong to it. */
export function parseExpression(stream: TokenStream): Expression {
  return stream.nested(() => parseConditional(stream));
}

function parseConditional(stream: TokenStream): Expression {
  let result = parseOr(stream);
  while (stream.skipName('if')) {
    const test = parseOr(stream);
    const otherwise = stream.skipName('else') ? parseExpression(stream) : null;
    result = { kind: 'conditional', test, then: result, otherwise };
  }
  return result;
}

/** An expression without a trailing `if`, as after `for … in` and `if`. */
export function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream);
  while (stream.skipName('or')) left = { kind: 'or', left, right: parseAnd(stream) };
  return left;
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream);
  while (stream.skipName('and')) left = { kind: 'and', left, right: parseNot(stream) };
  return left;
}

function parseNot(stream: TokenStream): Expression {
  if (!stream.skipName('not')) return parseComparison(stream);
  return { kind: 'not', operand: stream.nested(() => parseNot(stream)) };
}

function parseComparison(stream: TokenStream): Expression {
  const first = parseSum(stream);
  const rest: CompareExpression['rest'][number][] = [];
  for (let operator = takeComparison(stream); operator !== null; operator = takeComparison(stream)) {
    rest.push({ operator, operand: parseSum(stream) });
  }
  return rest.length === 0 ? first : { kind: 'compare', first, rest };
}

function takeComparison(stream: TokenStream): ComparisonOperator | null {
  const { kind, text } = stream.current;
  if (kind === 'operator' && COMPARISONS.has(text)) {
    stream.next();
    return text as ComparisonOperator;
  }
  if (stream.skipName('in')) return 'in';
  if (!stream.isAtName('not')) return null;
  const after = stream.look();
  if (after.kind !== 'name' || after.text !== 'in') return null;
  stream.next();
  stream.next();
  return 'not in';
}

function parseSum(stream: TokenStream): Expression {
  return parseBinary(stream, ['+', '-'], parseConcat);
}

function parseConcat(stream: TokenStream): Expression {
  const items = [parseProduct(stream)];
  while (stream.skipOperator('~')) items.push(parseProduct(stream));
  const only = items.length === 1 ? items[0] : undefined;
  return only ?? { kind: 'concat', items };
}

function parseProduct(stream: TokenStream): Expression {
  return parseBinary(stream, ['*', '/', '//', '%'], parsePower);
}

function parsePower(stream: TokenStream): Expression {
  return parseBinary(stream, ['**'], parseUnary);
}

function parseBinary(
  stream: TokenStream,
  operators: readonly BinaryOperator[],
  parseOperand: (stream: TokenStream) => Expression,
): Expression {
  let left = parseOperand(stream);
  for (;;) {
    const operator = stream.isAt('operator') ? operators.find((known) => known === stream.current.text) : undefined;
    if (operator === undefined) return left;
    stream.next();
    left = { kind: 'binary', operator, left, right: parseOperand(stream) };
  }
}

function parseUnary(stream: TokenStream): Expression {
  return parseFilters(stream, parseSigned(stream));
}

function parseSigned(stream: TokenStream): Expression {
  // As in Jinja, a sign is part of what postfixes and filters apply to: `-5|abs` is 5.
  const kind = stream.skipOperator('-') ? 'negative' : stream.skipOperator('+') ? 'positive' : null;
  if (kind !== null) return parsePostfix(stream, { kind, operand: stream.nested(() => parseSigned(stream)) });
  return parsePostfix(stream, parsePrimary(stream, parseExpression));
}

/** `.name`, `.0`, `[…]` and `(…)` after an operand. */
export function parsePostfix(stream: TokenStream, operand: Expression): Expression {
  let result = operand;
  for (;;) {
    if (stream.isAtOperator('.')) result = parseAttribute(stream, result);
    else if (stream.isAtOperator('[')) result = parseSubscript(stream, result);
    else if (stream.isAtOperator('(')) result = parseCall(stream, result);
    else return result;
  }
}

function parseCall(stream: TokenStream, callee: Expression): CallExpression {
  return { kind: 'call', callee, ...parseCallArguments(stream, parseExpression) };
}

function parseAttribute(stream: TokenStream, object: Expression): Expression {
  stream.next();
  const token = stream.next();
  if (token.kind === 'name') return { kind: 'attribute', object, name: token.text };
  if (token.kind !== 'integer') throw new GrammarError('expected name or number');
  return { kind: 'item', object, key: { kind: 'const', value: token.value } };
}

function parseSubscript(stream: TokenStream, object: Expression): Expression {
  stream.next();
  const keys: Expression[] = [];
  while (!stream.isAtOperator(']')) {
    if (keys.length > 0) stream.expectOperator(',');
    keys.push(parseSubscriptKey(stream));
  }
  stream.expectOperator(']');
  const only = keys.length === 1 ? keys[0] : undefined;
  return { kind: 'item', object, key: only ?? { kind: 'tuple', items: keys } };
}

function parseSubscriptKey(stream: TokenStream): Expression {
  const start = stream.isAtOperator(':') ? null : parseExpression(stream);
  if (!stream.skipOperator(':')) {
    if (start) return start;
    throw new GrammarError("unexpected ':'");
  }
  const stop = isSliceEnd(stream) ? null : parseExpression(stream);
  const step = stream.skipOperator(':') && !isSliceEnd(stream) ? parseExpression(stream) : null;
  return { kind: 'slice', start, stop, step };
}

function isSliceEnd(stream: TokenStream): boolean {
  return stream.isAtOperator(']') || stream.isAtOperator(',') || stream.isAtOperator(':');
}

function parseFilters(stream: TokenStream, operand: Expression): Expression {
  let result = operand;
  for (;;) {
    if (stream.isAtOperator('|')) result = parseFilter(stream, result);
    else if (stream.isAtName('is')) result = parseTest(stream, result);
    else if (stream.isAtOperator('(')) result = parseCall(stream, result);
    else return result;
  }
}

function parseFilter(stream: TokenStream, subject: Expression): Expression {
  stream.expectOperator('|');
  return parseFilterCall(stream, subject);
}

/** A chain `a | b(1) | c` whose innermost subject is the text of a block; `null` when there is none. */
export function parseBlockFilter(stream: TokenStream, startsInline: boolean): FilterExpression | null {
  let filter: FilterExpression | null = startsInline ? parseFilterCall(stream, null) : null;
  while (stream.skipOperator('|')) filter = parseFilterCall(stream, filter);
  return filter;
}

function parseFilterCall(stream: TokenStream, subject: Expression | null): FilterExpression {
  const name = parseDottedName(stream);
  const args = stream.isAtOperator('(') ? parseCallArguments(stream, parseExpression) : NO_ARGUMENTS;
  return { kind: 'filter', subject, name, ...args };
}

function parseTest(stream: TokenStream, subject: Expression): Expression {
  stream.next();
  const isNegated = stream.skipName('not');
  const name = parseDottedName(stream);
  const test: Expression = { kind: 'test', subject, name, ...parseTestArguments(stream) };
  return isNegated ? { kind: 'not', operand: test } : test;
}

function parseTestArguments(stream: TokenStream): Omit<CallExpression, 'kind' | 'callee'> {
  if (stream.isAtOperator('(')) return parseCallArguments(stream, parseExpression);
  if (!startsTestArgument(stream)) return NO_ARGUMENTS;
  if (stream.isAtName('is')) throw new GrammarError('You cannot chain multiple tests with is');
  return { ...NO_ARGUMENTS, positional: [parsePostfix(stream, parsePrimary(stream, parseExpression))] };
}

function startsTestArgument(stream: TokenStream): boolean {
  const { kind, text } = stream.current;
  if (kind === 'name') return text !== 'else' && text !== 'or' && text !== 'and';
  if (kind === 'operator') return text === '[' || text === '{';
  return kind === 'string' || kind === 'integer' || kind === 'float';
}

function parseDottedName(stream: TokenStream): string {
  let name = stream.expect('name').text;
  while (stream.skipOperator('.')) name += `.${stream.expect('name').text}`;
  return name;
}
