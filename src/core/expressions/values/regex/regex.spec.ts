import { describe, expect, it } from '@jest/globals';

import { Budget, DOTALL, escapeRegex, IGNORECASE, MULTILINE, pyRepr, PyRegex } from '../index.js';

const spans = (pattern: string, text: string, flags = 0) => {
  const regex = new PyRegex(pattern, flags);
  return Array.from(regex.matches(text), (match) =>
    Array.from({ length: regex.groupCount + 1 }, (_, i) => `${match.start(i)}-${match.end(i)}`).join(' '),
  );
};

describe('matching', () => {
  it.each<[string, string, string[]]>([
    ['a*', 'aab', ['0-2', '2-2', '3-3']],
    ['a*?', 'aa', ['0-0', '0-1', '1-1', '1-2', '2-2']],
    ['', 'ab', ['0-0', '1-1', '2-2']],
    ['(a|ab)(c|bcd)(d*)', 'abcd', ['0-4 0-1 1-4 4-4']],
    ['(?:(a)|(b))+', 'ab', ['0-2 0-1 1-2']],
    ['(a*)*', 'b', ['0-0 0-0', '1-1 1-1']],
    ['(a)|b', 'ba', ['0-1 -1--1', '1-2 1-2']],
    ['(?P<x>a)(?P=x)', 'aa', ['0-2 0-1']],
    ['(a?)?(?(1)b|c)', 'ab', ['0-2 0-1']],
    ['(x)?(?(1)b|c)', 'bc', ['1-2 -1--1']],
    ['(?<=ab)c', 'cabc', ['3-4']],
    ['(?<!a)b', 'abb', ['2-3']],
    ['(?=(a+))\\1b', 'aab', ['0-3 0-2']],
    ['(?!a).', 'ab', ['1-2']],
    ['(?>a*)a', 'aa', []],
    ['a++b', 'aab', ['0-3']],
    ['a*+a', 'aa', []],
    ['a{2}', 'aaaaa', ['0-2', '2-4']],
    ['a{,2}b', 'aaab', ['1-4']],
    ['a{1,2}?', 'aa', ['0-1', '1-2']],
    ['x{a}', 'x{a}', ['0-4']],
    ['(ab){1,3}?c', 'ababc', ['0-5 2-4']],
    ['[]a]+', 'a]b', ['0-2']],
    ['[^]a]', 'a]b', ['2-3']],
    ['[\\w-]+', 'a-b c', ['0-3', '4-5']],
    ['\\bab\\b', 'ab abc', ['0-2']],
    ['\\B', '', []],
    ['\\d+', '1٣x', ['0-2']],
    ['(?a)\\d+', '1٣x', ['0-1']],
    ['\\s', ' \u00a0\u001c\ufeff', ['0-1', '1-2', '2-3']],
    ['.', '😀\n', ['0-1']],
    ['a$', 'a\n', ['0-1']],
    ['a\\Z', 'a\n', []],
    ['(?m)^.$', 'a\nb', ['0-1', '2-3']],
    ['(?x) a # comment\n b', 'ab', ['0-2']],
    ['(?i)é', 'É', ['0-1']],
    ['(?i)[a-z]', 'K', ['0-1']],
    ['(?i)(a)\\1', 'aA', ['0-2 0-1']],
    ['(?i)σ+', 'Σςσ', ['0-3']],
    ['(?i:A)b', 'ab aB', ['0-2']],
    ['\\x61\\u0062\\143', 'abc', ['0-3']],
    ['a(?#note)*', 'aa', ['0-2', '2-2']],
  ])('%s in %j', (pattern, text, expected) => {
    expect(spans(pattern, text)).toEqual(expected);
  });

  it('takes flags as arguments', () => {
    expect(spans('A.b$', 'a\nb\nc', IGNORECASE | DOTALL | MULTILINE)).toEqual(['0-3']);
  });

  it('matches at the start only when asked to', () => {
    expect(new PyRegex('b').match('ab')).toBeNull();
    expect(new PyRegex('a|ab').match('ab')?.group(0)).toBe('a');
    expect(new PyRegex('(?P<n>b)').search('ab')?.group('n')).toBe('b');
  });

  it('finds all as Python does', () => {
    expect(new PyRegex('a').findAll('aa')).toEqual(['a', 'a']);
    expect(new PyRegex('(a)').findAll('aa')).toEqual(['a', 'a']);
    expect(new PyRegex('(a)(b)?').findAll('aab')).toEqual([
      ['a', ''],
      ['a', 'b'],
    ]);
  });
});

describe('patterns that are not valid', () => {
  it.each([
    ['(a', 'missing ), unterminated subpattern at position 0'],
    ['a)', 'unbalanced parenthesis at position 1'],
    ['*a', 'nothing to repeat at position 0'],
    ['^*', 'nothing to repeat at position 1'],
    ['a**', 'multiple repeat at position 2'],
    ['[a', 'unterminated character set at position 0'],
    ['[z-a]', 'bad character range z-a at position 1'],
    ['\\q', 'bad escape \\q at position 0'],
    ['\\', 'bad escape (end of pattern) at position 0'],
    ['\\1', 'invalid group reference 1 at position 1'],
    ['(a\\1)', 'cannot refer to an open group at position 2'],
    ['(?P<a>a)(?P<a>b)', "redefinition of group name 'a' as group 2; was group 1 at position 12"],
    ['(?P=x)', "unknown group name 'x' at position 4"],
    ['(?P<1>a)', "bad character in group name '1' at position 4"],
    ['(?<=a*)b', 'look-behind requires fixed-width pattern'],
    ['(?z)a', 'unknown extension ?z at position 1'],
    ['a(?i)b', 'global flags not at the start of the expression at position 1'],
    ['a{3,2}', 'min repeat greater than max repeat at position 2'],
    ['\\x6', 'incomplete escape \\x6 at position 0'],
    ['\\p{L}', 'bad escape \\p at position 0'],
  ])('%s: %s', (pattern, message) => {
    expect(() => new PyRegex(pattern)).toThrow(message);
  });
});

describe('budget', () => {
  it.each([['(a+)+$'], ['(a|aa)+$'], ['(.*)*x'], ['(?:a?){40}a{41}'], ['(?:){1000000000}x']])(
    '%s ends in an error',
    (pattern) => {
      expect(() => new PyRegex(pattern).test(`${'a'.repeat(40)}b`, new Budget({ maxSteps: 100_000 }))).toThrow(
        /too many steps|too much memory|^$/,
      );
    },
  );

  it('does not exhaust the stack on long texts or deep patterns', () => {
    expect(new PyRegex('(?:ab|cd)*$').test('abcd'.repeat(50_000))).toBe(true);
    expect(new PyRegex('(.|\\n)*$').test('abcd'.repeat(50_000))).toBe(true);
    expect(() => new PyRegex('('.repeat(10_000) + ')'.repeat(10_000))).toThrow('nests too deeply');
  });
});

describe('split and replace', () => {
  it.each<[string, string, number, (string | null)[]]>([
    ['', 'abc', 0, ['', 'a', 'b', 'c', '']],
    [',', 'a,b,c', 1, ['a', 'b,c']],
    ['(,)|(;)', 'a,b;c', 0, ['a', ',', null, 'b', null, ';', 'c']],
    ['x*', 'axb', 0, ['', 'a', '', 'b', '']],
    [',', 'a,b', -1, ['a,b']],
  ])('%s splits %j (limit %d)', (pattern, text, limit, parts) => {
    expect(new PyRegex(pattern).split(text, limit)).toEqual(parts);
  });

  it.each<[string, string, string, string]>([
    ['(a)(b)?', '[\\2\\1\\g<0>\\g<1>]', 'aab', '[aaa][baaba]'],
    ['(?P<n>a)', '<\\g<n>>', 'ba', 'b<a>'],
    ['x*', '-', 'abxd', '-a-b--d-'],
    ['a', '\\n\\\\\\x61'.slice(0, 4), 'a', '\n\\'],
    ['a', '\\.\\-', 'a', '\\.\\-'],
    ['a', '\\0\\101', 'a', '\u0000A'],
    ['é', '😀', 'aéb', 'a😀b'],
  ])('%s by %s', (pattern, replacement, text, result) => {
    expect(new PyRegex(pattern).replace(text, replacement)).toBe(result);
  });

  it('refuses a template that names no group', () => {
    expect(() => new PyRegex('a').replace('a', '\\1')).toThrow('invalid group reference 1 at position 1');
    expect(() => new PyRegex('a').replace('a', '\\g<x>')).toThrow("unknown group name 'x'");
    expect(() => new PyRegex('a').replace('a', '\\q')).toThrow('bad escape \\q at position 0');
  });

  it('calls a function for each match, up to the limit', () => {
    expect(new PyRegex('[ab]').replace('abb', (match) => (match.group(0) ?? '').toUpperCase(), 2)).toBe('ABb');
  });
});

it('escapes what a pattern would not take literally', () => {
  expect(escapeRegex('a.b-c_d e/f#"\'%,é\n')).toBe('a\\.b\\-c_d\\ e/f\\#"\'%,é\\\n');
});

it('prints as Python does', () => {
  expect(pyRepr(new PyRegex("a'b", IGNORECASE | DOTALL))).toBe('re.compile("a\'b", re.IGNORECASE|re.DOTALL)');
});
