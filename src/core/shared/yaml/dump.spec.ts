import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { PyDict, PyFloat, type Json } from '../index.js';
import { dumpYaml, dumpYamlOrdered, loadYaml } from './index.js';

describe('dumping as PyYAML', () => {
  it.each<[Json, string]>([
    [1, '1\n...\n'],
    ['x', 'x\n...\n'],
    ['', "''\n"],
    ['yes', "'yes'\n"],
    ['1e3', '1e3\n...\n'],
    [null, 'null\n...\n'],
    [new PyFloat(1), '1.0\n...\n'],
    [1e16, '1.0e+16\n...\n'],
    ['multi\nline', "'multi\n\n  line'\n"],
    [' lead', "' lead'\n"],
    ['Привет', '"\\u041F\\u0440\\u0438\\u0432\\u0435\\u0442"\n'],
    [[], '[]\n'],
    [{ b: [1, [2, 3], { a: 'b' }], a: {} }, 'a: {}\nb:\n- 1\n- - 2\n  - 3\n- a: b\n'],
    [{ '': 1 }, "? ''\n: 1\n"],
    [
      new PyDict<Json>([
        [2, 'b'],
        [1, 'a'],
      ]),
      '1: a\n2: b\n',
    ],
    [{ k: 'word '.repeat(20).trim() }, `k: ${'word '.repeat(16).trim()}\n  ${'word '.repeat(4).trim()}\n`],
    [{ k: `${'é'.repeat(20)} ${'é'.repeat(4)}` }, `k: "${'\\xE9'.repeat(20)}\\\n  \\ ${'\\xE9'.repeat(4)}"\n`],
  ])('%j', (value, text) => {
    expect(dumpYaml(value)).toBe(text);
  });

  it('keeps the order of keys when asked', () => {
    expect(dumpYamlOrdered({ version: '2.0', b: { z: 1, a: 2 } })).toBe("version: '2.0'\nb:\n  z: 1\n  a: 2\n");
  });

  it('reads back what it wrote', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('ab 1.:-#\n\'"[]{},?!&*%@`|>é\u2028\t\\~=<')) });
    const json = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string({ unit: fc.constantFrom(...Array.from('abyn :#-?')), minLength: 1 }), tie('value'), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        expect(loadYaml(dumpYaml(value as Json))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });
});
