import { describe, expect, it } from '@jest/globals';
import type { Argument, Node } from './ast.js';
import { parse } from './parser.js';

/** An expression with every grouping in brackets. */
function shape(node: Node): string {
  switch (node.kind) {
    case 'constant':
      return typeof node.value === 'object' && node.value !== null ? `${node.value.float}f` : String(node.value);
    case 'variable':
      return node.name;
    case 'call':
      return `${node.name}(${node.args.map(argumentShape).join(', ')})`;
    case 'binary':
      return `(${shape(node.left)} ${node.operator} ${shape(node.right)})`;
    case 'unary':
      return `(${node.operator} ${shape(node.operand)})`;
    case 'index':
      return `${shape(node.target)}[${node.args.map(argumentShape).join(', ')}]`;
    case 'list':
      return `[${node.args.map(argumentShape).join(', ')}]`;
    case 'map':
      return `{${node.args.map(argumentShape).join(', ')}}`;
    case 'group':
      return shape(node.inner);
  }
}

function argumentShape(argument: Argument): string {
  if (argument.kind === 'skipped') return '_';
  return argument.kind === 'value' ? shape(argument.node) : `${shape(argument.key)} => ${shape(argument.value)}`;
}

describe('parsing', () => {
  it.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['-$.a.b', '(- (($1 . a) . b))'],
    ['-$.l[0]', '(- ($1 . l)[0])'],
    ["'a' + b =~ c", '(a + (b =~ c))'],
    ['1 < 2 = true', '((1 < 2) = true)'],
    ['not a in b', '(not (a in b))'],
    ['not a and b or c', '(((not a) and b) or c)'],
    ['let(a => 1) -> let(b => 2) -> $a', '(let(a => 1) -> (let(b => 2) -> $a))'],
    ['$?.a.b[1, 2]', '(($1 ?. a) . b)[1, 2]'],
    ['f(, 1, , 2, , a => 3)', 'f(_, 1, _, 2, _, a => 3)'],
    ['2 - -1', '(2 - (- 1))'],
    ['007 + 1.50', '(7 + 1.5f)'],
    ['{a => {1 => x}}', '{a => {1 => x}}'],
  ])('reads %s as %s', (text, expected) => {
    expect(shape(parse(text))).toBe(expected);
  });

  it.each([
    ['$.', 'Parse error: unexpected end of statement'],
    ['', 'Parse error: unexpected end of statement'],
    ['$..a', "Parse error: unexpected '.' at position 2 of expression '$..a'"],
    ['😀', "Lexical error: illegal character '😀' at position 0"],
    ["'😀' $x", "Parse error: unexpected '$x' at position 4 of expression ''😀' $x'"],
    ['1e5', "Lexical error: illegal character '1' at position 0"],
    ['a => 1', "Parse error: unexpected '=>' at position 2 of expression 'a => 1'"],
    ['f(a => 1, 2)', "Parse error: unexpected ')' at position 11 of expression 'f(a => 1, 2)'"],
    ['f(, a => 1)', "Parse error: unexpected '=>' at position 6 of expression 'f(, a => 1)'"],
    ['[1,]', "Parse error: unexpected ']' at position 3 of expression '[1,]'"],
    ['len (a)', "Parse error: unexpected '(' at position 4 of expression 'len (a)'"],
    ['1 true', "Parse error: unexpected 'True' at position 2 of expression '1 true'"],
    ['* #', "Parse error: unexpected '*' at position 0 of expression '* #'"],
    ['__a', "Lexical error: illegal character '_' at position 0"],
  ])('refuses %j: %s', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it.each([
    [String.raw`'\x41\u0416\101\n\q'`, 'AЖA\n\\q'],
    [String.raw`"\U0001F600 \N{SNOWMAN} \N{GREEK SMALL LETTER ALPHA}"`, '😀 ☃ α'],
    ['`a\\n\\``', 'a\\n`'],
  ])('resolves the escapes of %s', (text, expected) => {
    expect(shape(parse(text))).toBe(expected);
  });

  it('refuses what is nested too deeply instead of running out of stack', () => {
    expect(() => parse('('.repeat(100_000))).toThrow('nested too deeply');
  });
});
