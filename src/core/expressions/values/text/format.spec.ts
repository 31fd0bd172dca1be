import { describe, expect, it } from '@jest/globals';

import { PyFloat } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { Budget, formatTemplate, formatValue, percentFormat, PyTuple, pyRepr, type Value } from '../index.js';

const f = (value: number) => new PyFloat(value);

describe('format specifications', () => {
  it.each<[Value, string, string]>([
    [42, '', '42'],
    [42, '5', '   42'],
    [42, '<5', '42   '],
    [42, '*^7', '**42***'],
    [-42, '=6', '-   42'],
    [-42, '06', '-00042'],
    [42, '+', '+42'],
    [42, ' d', ' 42'],
    [255, '#x', '0xff'],
    [255, '#010X', '0X000000FF'],
    [5, 'b', '101'],
    [1234567, ',', '1,234,567'],
    [1234567, '_', '1_234_567'],
    [65535, '_x', 'ffff'],
    [1234, '010,', '00,001,234'],
    [1234, '08,', '0,001,234'],
    [97, 'c', 'a'],
    [10n ** 20n, ',d', '100,000,000,000,000,000,000'],
    [true, 'd', '1'],
    [true, '5', '    1'],
    [f(3), '', '3.0'],
    [f(3), '5', '  3.0'],
    [3.14159, '.2f', '3.14'],
    [2.5, '.0f', '2'],
    [0.125, '.2f', '0.12'],
    [1e22, 'f', '10000000000000000000000.000000'],
    [1234.5, '.2', '1.2e+03'],
    [f(3), '.2', '3.0'],
    [1234.5678, 'e', '1.234568e+03'],
    [0.00001234, 'g', '1.234e-05'],
    [f(100000), 'g', '100000'],
    [f(1000000), 'g', '1e+06'],
    [f(1), '#g', '1.00000'],
    [0.256, '.1%', '25.6%'],
    [f(-0), '.1f', '-0.0'],
    [-0.001, 'z.1f', '0.0'],
    [Infinity, '010', '0000000inf'],
    [NaN, 'F', 'NAN'],
    [1234567.5, '015,.1f', '0,001,234,567.5'],
    ['abc', '5', 'abc  '],
    ['abc', '>5.2', '   ab'],
    ['é😀', '😀^6', '😀😀é😀😀😀'],
    [null, '', 'None'],
    [[1], '', '[1]'],
  ])('format(%p, %j)', (value, spec, text) => {
    expect(formatValue(value, spec, new Budget())).toBe(text);
  });

  it.each<[Value, string, string]>([
    [1, 'y', "Unknown format code 'y' for object of type 'int'"],
    [1.5, 'd', "Unknown format code 'd' for object of type 'float'"],
    ['a', 'd', "Unknown format code 'd' for object of type 'str'"],
    ['a', '=5', "'=' alignment not allowed in string format specifier"],
    ['a', '+', 'Sign not allowed in string format specifier'],
    ['a', ',', "Cannot specify ',' with 's'."],
    [1, '.2', 'Precision not allowed in integer format specifier'],
    [1, '.', 'Format specifier missing precision'],
    [1, ',_', "Cannot specify both ',' and '_'."],
    [1, 'dd', "Invalid format specifier 'dd' for object of type 'int'"],
    [null, '5', 'unsupported format string passed to NoneType.__format__'],
    [[1], 'd', 'unsupported format string passed to list.__format__'],
  ])('format(%p, %j) is an error', (value, spec, message) => {
    expect(() => formatValue(value, spec, new Budget())).toThrow(message);
  });

  it('does not make texts beyond the budget', () => {
    expect(() => formatValue(1, '2000000000', new Budget())).toThrow('too much output');
    expect(() => formatValue(1.5, '.2000000000f', new Budget())).toThrow('too much output');
  });
});

describe('str.format', () => {
  const format = (template: string, ...positional: Value[]) =>
    formatTemplate(
      template,
      {
        positional,
        named: (name) => {
          if (name === 'a') return 'A';
          throw new PyError('KeyError', pyRepr(name));
        },
        attribute: (_value, name) => `attribute ${name}`,
        item: (_value, key) => `item ${typeof key} ${key}`,
      },
      new Budget(),
    );

  it.each<[string, Value[], string]>([
    ['{} {}', [1, 'b'], '1 b'],
    ['{1}{0}{1}', ['a', 'b'], 'bab'],
    ['{a!r:>6}|{{}}', [], "   'A'|{}"],
    ['{:{}}', [1, 4], '   1'],
    ['{0:{1}{2}}', ['x', '>', 3], '  x'],
    ['{0.name}', [1], 'attribute name'],
    ['{0[k]}{0[2]}{0[-1]}', [1], 'item string kitem number 2item string -1'],
    ['{0[}]}', [1], 'item string }'],
    ['{!a}', ['é'], "'\\xe9'"],
    ['{}', [[true, null]], '[True, None]'],
  ])('%j', (template, positional, text) => {
    expect(format(template, ...positional)).toBe(text);
  });

  it.each<[string, string]>([
    ['}', "Single '}' encountered in format string"],
    ['{', "Single '{' encountered in format string"],
    ['{0', "expected '}' before end of string"],
    ['{3}', 'Replacement index 3 out of range for positional args tuple'],
    ['{zz}', "'zz'"],
    ['{}{0}', 'cannot switch from automatic field numbering to manual field specification'],
    ['{0}{}', 'cannot switch from manual field specification to automatic field numbering'],
    ['{0!x}', 'Unknown conversion specifier x'],
    ['{0:{0:{0}}}', 'Max string recursion exceeded'],
    ['{0.}', 'Empty attribute in format string'],
    ['{0[1]x}', "Only '.' or '[' may follow ']' in format field specifier"],
  ])('%j is an error', (template, message) => {
    expect(() => format(template, 'v', 'w')).toThrow(message);
  });
});

describe('% of text', () => {
  it.each<[string, Value, string]>([
    ['%s and %r', new PyTuple(['a', 'b']), "a and 'b'"],
    ['%d%%', 5, '5%'],
    ['%05.1f|%-6d|%+d', new PyTuple([3.14159, 42, 7]), '003.1|42    |+7'],
    ['%x %#X %o', new PyTuple([255, 255, 8]), 'ff 0XFF 10'],
    ['%(k)s is %(n)03d', { k: 'x', n: 7 }, 'x is 007'],
    ['%*d', new PyTuple([4, 7]), '   7'],
    ['%.3d', 7, '007'],
    ['%c%c', new PyTuple([97, 'é']), 'aé'],
    ['%d', -2.7, '-2'],
    ['%s', [1, 'a'], "[1, 'a']"],
    ['%.2s', 'abc', 'ab'],
    ['%e', 1234.5, '1.234500e+03'],
    ['none', {}, 'none'],
  ])('%j', (template, argument, text) => {
    expect(percentFormat(template, argument, new Budget())).toBe(text);
  });

  it.each<[string, Value, string]>([
    ['%s %s', 1, 'not enough arguments for format string'],
    ['%s', new PyTuple([1, 2]), 'not all arguments converted during string formatting'],
    ['x', 1, 'not all arguments converted during string formatting'],
    ['%d', 'a', '%d format: a real number is required, not str'],
    ['%x', 1.5, '%x format: an integer is required, not float'],
    ['%f', 'a', 'must be real number, not str'],
    ['%y', 1, "unsupported format character 'y' (0x79) at index 1"],
    ['%', 1, 'incomplete format'],
    ['%(a)s', 1, 'format requires a mapping'],
    ['%(a)s', {}, "'a'"],
  ])('%j is an error', (template, argument, message) => {
    expect(() => percentFormat(template, argument, new Budget())).toThrow(message);
  });
});
