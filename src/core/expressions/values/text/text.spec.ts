import { describe, expect, it } from '@jest/globals';

import {
  Budget,
  repeatText,
  replaceText,
  rightSplitText,
  splitLines,
  splitText,
  stripText,
  textIndexOf,
  textLastIndexOf,
  textLength,
  textSlice,
} from '../index.js';

describe('split', () => {
  it.each<[string, string | null, number, string[]]>([
    ['', null, -1, []],
    ['  ', null, -1, []],
    [' a  b\u00a0c ', null, -1, ['a', 'b', 'c']],
    [' a b c ', null, 1, ['a', 'b c ']],
    [' a b ', null, 0, ['a b ']],
    [' a b ', null, 2, ['a', 'b']],
    ['', ',', -1, ['']],
    ['a,,b', ',', -1, ['a', '', 'b']],
    ['a,b,c', ',', 1, ['a', 'b,c']],
    ['a,b', ',', 0, ['a,b']],
  ])('%j by %j, at most %d cuts', (text, separator, limit, parts) => {
    expect(splitText(text, separator, limit)).toEqual(parts);
  });

  it.each<[string, string | null, number, string[]]>([
    [' a b c ', null, 1, [' a b', 'c']],
    [' a b c ', null, 0, [' a b c']],
    [' a b ', null, 2, ['a', 'b']],
    ['  ', null, 3, []],
    ['a b', null, 5, ['a', 'b']],
    ['a,b,c', ',', 1, ['a,b', 'c']],
    ['a,b', ',', -1, ['a', 'b']],
    ['a,,,b', ',,', -1, ['a,', 'b']],
    [' a', null, 0, [' a']],
    [' a b', null, 1, [' a', 'b']],
  ])('%j by %j from the right, at most %d cuts', (text, separator, limit, parts) => {
    expect(rightSplitText(text, separator, limit)).toEqual(parts);
  });

  it('refuses an empty separator', () => {
    expect(() => splitText('a', '')).toThrow('empty separator');
  });

  it('knows all line breaks', () => {
    expect(splitLines('a\r\nb\u2028\n')).toEqual(['a', 'b', '']);
    expect(splitLines('a\nb', true)).toEqual(['a\n', 'b']);
    expect(splitLines('')).toEqual([]);
  });
});

describe('parts of a text, in code points', () => {
  it.each([
    [textLength('a😀b'), 3],
    [textSlice('a😀b', 1, 2), '😀'],
    [textIndexOf('a😀b', 'b'), 2],
    [textIndexOf('abab', 'b', 2), 3],
    [textIndexOf('abab', 'ab', 1, 3), -1],
    [textIndexOf('ab', '', 2), 2],
    [textIndexOf('ab', '', 3), -1],
    [textIndexOf('abc', 'c', -1), 2],
    [textLastIndexOf('a😀b😀', '😀'), 3],
    [stripText(' \u00a0a\ufeff '), 'a\ufeff'],
    [stripText('xxaxx', 'x', 'left'), 'axx'],
    [stripText('😀a😀', '😀', 'right'), '😀a'],
    [replaceText('aaa', 'a', 'b', 2, new Budget()), 'bba'],
    [replaceText('ab', '', '-', -1, new Budget()), '-a-b-'],
    [replaceText('ab', '', '-', 2, new Budget()), '-a-b'],
    [repeatText('ab', 2, new Budget()), 'abab'],
    [repeatText('ab', -1n, new Budget()), ''],
  ])('%#: %p', (result, expected) => {
    expect(result).toEqual(expected);
  });

  it('does not make texts beyond the budget', () => {
    expect(() => repeatText('a', 10n ** 30n, new Budget())).toThrow('too much output');
  });
});
