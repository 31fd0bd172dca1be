import { describe, expect, it } from '@jest/globals';

import {
  dictEntries,
  dictGet,
  dictHas,
  dictKeys,
  dictSize,
  dictValues,
  hashKey,
  isDict,
  isIndexLike,
  isPlainObject,
  jsonEquals,
  markMutable,
  mergeDicts,
  PyDict,
  PyFloat,
  strictHashKey,
  stringifyJson,
  toDict,
  UnhashableError,
  type Dict,
  type Json,
} from './index.js';

describe('dicts', () => {
  it('never read from a prototype', () => {
    expect(dictGet({}, 'constructor')).toBeUndefined();
    expect(dictGet({}, '__proto__')).toBeUndefined();
    expect(dictHas({}, 'toString')).toBe(false);
    expect(dictGet({ constructor: 1 }, 'constructor')).toBe(1);
  });

  it('are plain where that keeps keys and order', () => {
    expect(
      isPlainObject(
        toDict([
          ['b', 1],
          ['a', 2],
        ]),
      ),
    ).toBe(true);
    expect(
      isPlainObject(
        toDict([
          ['1', 1],
          ['2', 1],
          ['a', 2],
        ]),
      ),
    ).toBe(true);
    expect(
      isPlainObject(
        toDict([
          ['2', 1],
          ['1', 1],
        ]),
      ),
    ).toBe(false);
    expect(
      isPlainObject(
        toDict([
          ['a', 1],
          ['1', 1],
        ]),
      ),
    ).toBe(false);
    expect(isPlainObject(toDict<unknown>([[1, 1]]))).toBe(false);
    expect(isPlainObject(toDict([['__proto__', 1]]))).toBe(false);
    expect(
      toDict([
        ['a', 1],
        ['a', 2],
      ]),
    ).toEqual({ a: 2 });
  });

  it('have one key for equal values, the first key and the last value staying', () => {
    const dict = new PyDict<unknown>([
      [1, 'int'],
      [true, 'bool'],
      [new PyFloat(1), 'float'],
      ['1', 'text'],
    ]);
    expect([...dict]).toEqual([
      [1, 'float'],
      ['1', 'text'],
    ]);
    expect(dict.get(true)).toBe('float');
    expect(dict.delete(1) && dict.size).toBe(1);
  });

  it('are the same to every function in either form', () => {
    for (const dict of [
      { a: 1, b: 2 } as Dict,
      new PyDict<Json>([
        ['a', 1],
        ['b', 2],
      ]),
    ]) {
      expect(isDict(dict)).toBe(true);
      expect([
        dictKeys(dict),
        dictValues(dict),
        dictEntries(dict),
        dictSize(dict),
        dictHas(dict, 'b'),
        dictGet(dict, 'b'),
      ]).toEqual([
        ['a', 'b'],
        [1, 2],
        [
          ['a', 1],
          ['b', 2],
        ],
        2,
        true,
        2,
      ]);
    }
    expect([[], null, 'a', new PyFloat(1), new Map()].some(isDict)).toBe(false);
  });

  it('know which keys engines reorder', () => {
    expect(['0', '17', '4294967294'].every(isIndexLike)).toBe(true);
    expect(['01', '-1', '1.0', '4294967295', 'a', ''].some(isIndexLike)).toBe(false);
  });
});

describe('mergeDicts', () => {
  it('merges deeply, the right one winning, and changes neither', () => {
    const left = { a: { x: 1, y: [1] }, b: 1 };
    const right = { a: { y: [2], z: 3 }, b: { c: 1 }, d: null };
    expect(mergeDicts(left, right)).toEqual({ a: { x: 1, y: [2], z: 3 }, b: { c: 1 }, d: null });
    expect(left).toEqual({ a: { x: 1, y: [1] }, b: 1 });
  });

  it('keeps order and keys of any kind', () => {
    const merged = mergeDicts(
      new PyDict<Json>([
        [2, { a: 1 }],
        ['b', 1],
      ]),
      new PyDict<Json>([
        ['b', 2],
        [2, { b: 2 }],
        [1, 3],
      ]),
    );
    expect(stringifyJson(merged)).toBe('{"2":{"a":1,"b":2},"b":2,"1":3}');
    expect(stringifyJson(mergeDicts({ b: 1 }, { 1: 2 }))).toBe('{"b":1,"1":2}');
    expect(stringifyJson(mergeDicts({}, toDict([['__proto__', { x: 1 }]])))).toBe('{"__proto__":{"x":1}}');
  });
});

describe('jsonEquals', () => {
  it.each<[unknown, unknown, boolean]>([
    [1, true, true],
    [1, new PyFloat(1), true],
    [0, false, true],
    [1, '1', false],
    [null, false, false],
    [NaN, NaN, false],
    [10n ** 20n, 1e20, true],
    [10n ** 20n + 1n, 1e20, false],
    [[1, [2]], [true, [2]], true],
    [[1], { 0: 1 }, false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [{ a: 1 }, new PyDict<Json>([['a', 1]]), true],
    [new PyDict<Json>([['a', 1]]), { a: 1 }, true],
    [new PyDict<unknown>([[1, 1]]), { 1: 1 }, false],
    [new PyDict(), new PyFloat(1), false],
    [{}, [], false],
  ])('%#: %p = %p is %p', (a, b, equal) => {
    expect(jsonEquals(a, b)).toBe(equal);
  });
});

describe('hashKey', () => {
  it.each<[unknown, unknown]>([
    [1, true],
    [1, new PyFloat(1)],
    [0, new PyFloat(-0)],
    [10n ** 20n, 1e20],
    [
      [1, 'a'],
      [true, 'a'],
    ],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [{ a: 1 }, new PyDict<Json>([['a', 1]])],
  ])('%#: %p and %p are one key', (a, b) => {
    expect(hashKey(a)).toBe(hashKey(b));
  });

  it.each<[unknown, unknown]>([
    [1, '1'],
    [['a', 'b'], ['ab']],
    [['1:a'], ['a']],
    [[1, 2], [12]],
    [[[1], 2], [[1, 2]]],
    [[], {}],
    ['\u0000t0()', []],
    [null, 'null'],
  ])('%#: %p and %p are two', (a, b) => {
    expect(hashKey(a)).not.toBe(hashKey(b));
  });

  it('refuses what is mutable', () => {
    expect(() => hashKey(markMutable([1]))).toThrow("unhashable type: 'list'");
    expect(() => hashKey([markMutable({})])).toThrow(UnhashableError);
    expect(() => strictHashKey([1])).toThrow(UnhashableError);
    expect(() => strictHashKey({})).toThrow("unhashable type: 'dict'");
    expect(strictHashKey('a')).toBe('a');
  });
});
