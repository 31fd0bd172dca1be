import { describe, expect, it } from '@jest/globals';

import { PyDict, PyFloat } from '../../shared/index.js';
import { PySet, PyTuple, pyRepr, pyStr } from './index.js';

describe('repr and str of Python', () => {
  it.each<[unknown, string]>([
    [null, 'None'],
    [true, 'True'],
    [1, '1'],
    [10n ** 20n, '100000000000000000000'],
    [new PyFloat(4), '4.0'],
    [1e16, '1e+16'],
    [new PyFloat(1e15), '1000000000000000.0'],
    [1e-5, '1e-05'],
    [0.0001, '0.0001'],
    [1.5e300, '1.5e+300'],
    [new PyFloat(-0), '-0.0'],
    [NaN, 'nan'],
    [-Infinity, '-inf'],
    ['it', "'it'"],
    ["it's", '"it\'s"'],
    ['\'"', "'\\'\"'"],
    [
      'a\n\t\r\\\u0000\u007fé\u00a0\u200b\ue000\u{1f600}\u{e0001}\ud800',
      "'a\\n\\t\\r\\\\\\x00\\x7fé\\xa0\\u200b\\ue000😀\\U000e0001\\ud800'",
    ],
    [[1, 'a', null], "[1, 'a', None]"],
    [{ k: [true], é: {} }, "{'k': [True], 'é': {}}"],
    [
      new PyDict<unknown>([
        [1, 2],
        [new PyTuple([1]), 3],
      ]),
      '{1: 2, (1,): 3}',
    ],
    [new PyTuple([]), '()'],
    [new PyTuple([1, 'a']), "(1, 'a')"],
    [new PySet(), 'set()'],
    [new PySet([1, 1, true, 2]), '{1, 2}'],
  ])('%#: %p', (value, text) => {
    expect(pyRepr(value)).toBe(text);
  });

  it('prints lists and sets frozen as inside YAQL', () => {
    expect(pyStr([1], { frozen: true })).toBe('(1,)');
    expect(pyStr([[1, 2], new PySet([[3]]), new PySet()], { frozen: true })).toBe(
      '((1, 2), frozenset({(3,)}), frozenset())',
    );
  });

  it('shows text bare only at the top', () => {
    expect(pyStr('a')).toBe('a');
    expect(pyStr(['a'])).toBe("['a']");
  });
});
