import { describe, expect, it } from '@jest/globals';

import { evaluateJinja } from '../index.js';

const scope = {
  layers: [{ s: 'Hello World', em: 'a😀b', l: [3, 1, 2], d: { a: 1, b: 2 } }],
  functions: { uuid: () => 'u', now: () => 0, random: () => 0.5 },
};

/** What an expression prints. */
function shown(expression: string): unknown {
  return evaluateJinja(`{{ [${expression}] }}{{ '' }}`, scope);
}

describe.each([
  [
    'text',
    [
      ["_.s.split('o', 1)", "['Hell', ' World']"],
      ["_.s.rsplit('o', 1)", "['Hello W', 'rld']"],
      ["_.s.partition(' ')", "('Hello', ' ', 'World')"],
      ["_.s.find('o', 5)", '7'],
      ["_.s.count('o')", '2'],
      ["_.s.startswith(('x', 'He'))", 'True'],
      ["_.s.center(14, '*')", "'*Hello World**'"],
      ["'-5'.zfill(4)", "'-005'"],
      ["'ǆx ßa'.title()", "'ǅx Ssa'"],
      ["'ΑΣ'.lower()", "'ας'"],
      ["_.em[1:].index('b')", '1'],
      ["'a\\tb'.expandtabs(4)", "'a   b'"],
      ["'²'.isdigit() ~ '²'.isdecimal()", "'TrueFalse'"],
      ["'é'.encode()", "b'\\xc3\\xa9'"],
      ["'{0[a]}{0.b} {x!r:>4}'.format(_.d, x='q')", '"12  \'q\'"'],
      ["('<%s>'|safe) % '<'", "Markup('<&lt;>')"],
      ["'abc'.translate({97: 'x', 98: none})", "'xc'"],
    ],
  ],
  [
    'lists, dicts and sets',
    [
      ['_.l.index(2)', '2'],
      ['_.d.items()', "dict_items([('a', 1), ('b', 2)])"],
      ["_.d.get('z', 9)", '9'],
      ['_.d.fromkeys([1])', '{1: None}'],
      ["(_.d.keys() - ['a']).union(['c'])|sort", "['b', 'c']"],
      ['range(9)[2:8:3]', 'range(2, 8, 3)'],
    ],
  ],
  [
    'numbers',
    [
      ['(255).bit_length()', '8'],
      ['(0.5).as_integer_ratio()', '(1, 2)'],
      ['(2.5).hex()', "'0x1.4000000000000p+1'"],
      ["(258).to_bytes(2, 'big')", "b'\\x01\\x02'"],
      ['true.real', '1'],
    ],
  ],
  [
    'dates',
    [
      ["yaml_parse('2020-01-31').year", '2020'],
      ["yaml_parse('2020-01-31').isoformat()", "'2020-01-31'"],
      ["yaml_parse('2020-01-31').weekday()", '4'],
      ["yaml_parse('2020-01-31 01:02:03').strftime('%H:%M')", "'01:02'"],
    ],
  ],
])('methods of %s', (_kind, cases) => {
  it.each(cases)('%s is %s', (expression, expected) => {
    expect(shown(expression ?? '')).toBe(`[${expected ?? ''}]`);
  });
});

it.each([
  ["_.s.index('z')", 'substring not found'],
  ["_.s.split('')", 'empty separator'],
  ["','.join([1])", 'sequence item 0: expected str instance, int found'],
  ['_.l.pop(9)', 'pop index out of range'],
  ["_.d.pop('z')", "'z'"],
  ["_.s.replace(old='a', new='b')", 'takes no keyword arguments'],
  ['_.l.foo()', "'list object' has no attribute 'foo'"],
  ['{[1]: 2}', "unhashable type: 'list'"],
])('%s fails', (expression, message) => {
  expect(() => shown(expression)).toThrow(message);
});
