import { expect, it } from '@jest/globals';

import { evaluateJinja } from '../index.js';

const scope = {
  layers: [{ l: [3, 1, 2], d: { a: 1 } }],
  functions: { uuid: () => 'u', now: () => 0, random: () => 0.5 },
};

function shown(expression: string): unknown {
  return evaluateJinja(`{{ [${expression}] }}{{ '' }}`, scope);
}

it.each([
  ['2 ** 3 ** 2', '64'],
  ['-2 ** 2', '4'],
  ['-5|abs', '5'],
  ['7 // -2', '-4'],
  ['-7 % 3', '2'],
  ['6 / 2', '3.0'],
  ['2 * 3 ~ 4', "'64'"],
  ["'a' * true", "'a'"],
  ['[1] * 2 + [3]', '[1, 1, 3]'],
  ["'%s-%d' % ('a', 5)", "'a-5'"],
  ["'<' + ('<'|e)", "Markup('&lt;&lt;')"],
  ['1 < 2 > 1 != 3', 'True'],
  ['1 == 1.0 == true', 'True'],
  ['[1, 2] < [1, 3]', 'True'],
  ['(1,) == [1]', 'False'],
  ["'a' in _.d", 'True'],
  ['2 not in _.l', 'False'],
  ['0 or none', 'None'],
  ['not []', 'True'],
  ["_.d.keys() - ['z']", "{'a'}"],
  ['(1 if false) ~ "x"', "'x'"],
  ['2 if 1 if false else 3', '3'],
])('%s is %s', (expression, expected) => {
  expect(shown(expression)).toBe(`[${expected}]`);
});

it.each([
  ["1 + 'a'", "unsupported operand type(s) for +: 'int' and 'str'"],
  ["'a' + 1", 'can only concatenate str (not "int") to str'],
  ["1 < 'a'", "'<' not supported between instances of 'int' and 'str'"],
  ['1 in 5', "'int' object is not iterable"],
  ["1 in 'a'", "'in <string>' requires string as left operand, not int"],
  ["-'a'", "bad operand type for unary -: 'str'"],
  ['1 / 0', 'division by zero'],
  ["'a'()", "'str' object is not callable"],
])('%s fails: %s', (expression, message) => {
  expect(() => shown(expression)).toThrow(message);
});
