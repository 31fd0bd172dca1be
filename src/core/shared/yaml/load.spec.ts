import { describe, expect, it } from '@jest/globals';

import { PyDict, PyFloat, type Json } from '../index.js';
import { loadYaml, parseYamlDocument, YamlError } from './index.js';

describe('values as PyYAML reads them', () => {
  it.each<[string, unknown]>([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['~', null],
    ['', null],
    ['010', 8],
    ['08', '08'],
    ['0x1F', 31],
    ['0b11', 3],
    ['1_000', 1000],
    ['12:30:45', 45045],
    ['1e3', '1e3'],
    ['1.5e+3', new PyFloat(1500)],
    ['4.0', new PyFloat(4)],
    ['.5', 0.5],
    ['-.5', '-.5'],
    ['.inf', Infinity],
    ['123456789012345678901', 123456789012345678901n],
    ['2020-01-31', '2020-01-31'],
    ['2020-01-31 12:00:00.5 +2', '2020-01-31T12:00:00.500000+02:00'],
    ['! 12', 12],
    ['!!str 12', '12'],
    ['&a x', '&a x'],
    ['- *a\n- @b', ['*a', '@b']],
    ['a: 1\nb: 2\na: 3', { a: 3, b: 2 }],
    ['2020-01-31: x', { '2020-01-31': 'x' }],
    ['{a: b, c}', { a: 'b', c: null }],
    ['[a: 1, b]', [{ a: 1 }, 'b']],
    ['<<: {a: 1, b: 2}\nb: 3', { a: 1, b: 3 }],
    ['k: |\n  a\n   b\n\n', { k: 'a\n b\n' }],
    ['k: >-\n  a\n  b\n\n  c\n', { k: 'a b\nc' }],
    ['k: a\n  b\n\n  c', { k: 'a b\nc' }],
    ['"a\\x41\\\n  b\\u263a"', 'aAb☺'],
    ["'it''s'", "it's"],
    ['%YAML 1.1\n---\na', 'a'],
    ['\uFEFFa: 1', { a: 1 }],
  ])('%j', (text, value) => {
    expect(loadYaml(text)).toEqual(value);
  });

  it('keeps keys that are no text, and takes 1 and true for one key', () => {
    expect(loadYaml('{1: a, true: b, x: c}')).toEqual(
      new PyDict<Json>([
        [1, 'b'],
        ['x', 'c'],
      ]),
    );
  });
});

describe('errors worded as PyYAML', () => {
  it.each<[string, string, number, number]>([
    [
      'a: 1\n b: 2',
      'mapping values are not allowed here\n  in "<unicode string>", line 2, column 3:\n     b: 2\n      ^',
      2,
      3,
    ],
    [
      'a: [1, 2 }',
      'while parsing a flow sequence\n  in "<unicode string>", line 1, column 4:\n    a: [1, 2 }\n       ^\n' +
        "expected ',' or ']', but got '}'\n  in \"<unicode string>\", line 1, column 10:\n    a: [1, 2 }\n             ^",
      1,
      10,
    ],
    [
      'a: "x',
      'while scanning a quoted scalar\n  in "<unicode string>", line 1, column 4:\n    a: "x\n       ^\n' +
        'found unexpected end of stream\n  in "<unicode string>", line 1, column 6:\n    a: "x\n         ^',
      1,
      6,
    ],
    [
      'a: \tb',
      "while scanning for the next token\nfound character '\\t' that cannot start any token\n" +
        '  in "<unicode string>", line 1, column 4:\n    a: \tb\n       ^',
      1,
      4,
    ],
    [
      '!x 1',
      'could not determine a constructor for the tag \'!x\'\n  in "<unicode string>", line 1, column 1:\n    !x 1\n    ^',
      1,
      1,
    ],
    [
      'a\u0000b',
      'unacceptable character #x0000: special characters are not allowed\n  in "<unicode string>", position 1',
      1,
      2,
    ],
  ])('%j', (text, message, line, column) => {
    expect(() => loadYaml(text)).toThrow(new YamlError(message, line, column));
  });

  it('refuses endless nesting instead of running out of stack', () => {
    expect(() => loadYaml('['.repeat(100_000))).toThrow('nested deeper than 400 levels');
  });
});

it('tells keys that stand twice', () => {
  const document = parseYamlDocument('a: 1\nb: {c: 1, d: 2, c: 3}\na: 4\n', (at) => at.toText());

  expect(document.duplicateKeys()).toEqual([
    { key: 'c', path: ['b', 'c'], line: 2, column: 17 },
    { key: 'a', path: ['a'], line: 3, column: 1 },
  ]);
});

describe('positions', () => {
  const document = parseYamlDocument("version: '2.0'\nwf:\n  tasks:\n    t1: {join: all}\n    t2:\n      - x\n", (at) =>
    at.toText(),
  );

  it.each<[(string | number)[], number, number]>([
    [[], 1, 1],
    [['wf', 'tasks', 't1', 'join'], 4, 10],
    [['wf', 'tasks', 't2', 0], 6, 9],
    [['wf', 'tasks', 't9', 'join'], 3, 3],
  ])('%j', (path, line, column) => {
    expect(document.positionOf(path)).toEqual({ line, column });
  });
});
