import { describe, expect, it } from '@jest/globals';

import { markMutable, PyDict, PyFloat, UnhashableError } from '../../shared/index.js';
import {
  Budget,
  compare,
  DictView,
  equals,
  hashKey,
  isFloat,
  isInt,
  isIterable,
  pyRepr,
  PyIterator,
  PySet,
  PyTuple,
  truthy,
  typeName,
  type Value,
} from './index.js';

describe('PySet', () => {
  const numbers = new PySet([1, 2]);

  it('holds equal values once, the first one staying', () => {
    expect([...new PySet([1, true, new PyFloat(1), 'a', 'a'])]).toEqual([1, 'a']);
    expect(new PySet([[1, 2]]).has([1, 2])).toBe(true);
    expect(() => new PySet([markMutable([1])])).toThrow(UnhashableError);
  });

  it('combines with others', () => {
    const other = new PySet([2, 3]);
    expect([...numbers.union(other)]).toEqual([1, 2, 3]);
    expect([...numbers.intersection(other)]).toEqual([2]);
    expect([...numbers.difference(other)]).toEqual([1]);
    expect([...numbers.symmetricDifference(other)]).toEqual([1, 3]);
    expect(numbers.isSubsetOf(numbers.union(other))).toBe(true);
    expect(numbers.isSubsetOf(other)).toBe(false);
  });

  it('equals and hashes by content', () => {
    expect(equals(numbers, new PySet([2, 1]))).toBe(true);
    expect(hashKey(numbers)).toBe(hashKey(new PySet([2, 1])));
    expect(equals(numbers, [1, 2])).toBe(false);
    expect(hashKey(new PySet())).not.toBe(hashKey([]));
  });
});

describe('DictView', () => {
  const dict = { a: 1, b: [2] };

  it('shows keys, values and pairs, live', () => {
    const mutable = new PyDict<Value>([['a', 1]]);
    const keys = new DictView('keys', mutable);
    mutable.set('b', 2);
    expect([...keys]).toEqual(['a', 'b']);
    expect([...new DictView('values', dict)]).toEqual([1, [2]]);
    expect([...new DictView('items', dict)]).toEqual([
      ['a', 1],
      ['b', [2]],
    ]);
    expect(pyRepr(new DictView('items', { a: 1 }, (key, value) => new PyTuple([key, value])))).toBe(
      "dict_items([('a', 1)])",
    );
  });

  it('is a set unless it shows values', () => {
    expect(equals(new DictView('keys', dict), new PySet(['b', 'a']))).toBe(true);
    expect(equals(new PySet(['b', 'a']), new DictView('keys', dict))).toBe(true);
    expect(equals(new DictView('keys', dict), new DictView('keys', { b: 0, a: 0 }))).toBe(true);
    expect(equals(new DictView('values', dict), new DictView('values', dict))).toBe(false);
    expect(new DictView('items', dict).has(['b', [2]])).toBe(true);
    expect(() => hashKey(new DictView('keys', dict))).toThrow("unhashable type: 'dict_keys'");
  });
});

describe('PyTuple and PyIterator', () => {
  it('keeps a tuple apart from a list', () => {
    expect(equals(new PyTuple([1]), [1])).toBe(false);
    expect(equals(new PyTuple([1, [2]]), new PyTuple([true, [2]]))).toBe(true);
    expect(hashKey(new PyTuple([1]))).toBe(hashKey(new PyTuple([true])));
    expect(() => hashKey(new PyTuple([[1]]))).toThrow("unhashable type: 'list'");
  });

  it('walks an iterator once and compares it by identity', () => {
    const iterator = new PyIterator([1, 2][Symbol.iterator]());
    expect([...iterator]).toEqual([1, 2]);
    expect([...iterator]).toEqual([]);
    expect(truthy(iterator)).toBe(true);
    expect(equals(iterator, iterator)).toBe(true);
    expect(new PySet([iterator, iterator]).size).toBe(1);
    expect(pyRepr(iterator)).toBe('<generator object>');
  });
});

describe('truth, kinds and order', () => {
  it.each<[Value, boolean]>([
    [null, false],
    [0, false],
    [new PyFloat(-0), false],
    [NaN, true],
    ['', false],
    ['false', true],
    [[], false],
    [[null], true],
    [{}, false],
    [{ a: null }, true],
    [new PyDict<Value>(), false],
    [new PySet(), false],
    [new PyTuple([]), false],
    [new DictView('keys', {}), false],
  ])('%#: truth of %p is %p', (value, truth) => {
    expect(truthy(value)).toBe(truth);
  });

  it.each<[Value, string]>([
    [null, 'NoneType'],
    [true, 'bool'],
    [1, 'int'],
    [10n ** 20n, 'int'],
    [1.5, 'float'],
    [1e300, 'float'],
    [new PyFloat(1), 'float'],
    ['a', 'str'],
    [[], 'list'],
    [{}, 'dict'],
    [new PyDict<Value>(), 'dict'],
    [new PySet(), 'set'],
    [new PyTuple([]), 'tuple'],
  ])('%#: %p is a %s', (value, name) => {
    expect(typeName(value)).toBe(name);
  });

  it('knows ints from floats and what can be walked', () => {
    expect([1, 10n ** 20n].every(isInt)).toBe(true);
    expect([true, 1.5, new PyFloat(1), '1'].some(isInt)).toBe(false);
    expect([1.5, 1e300, NaN, new PyFloat(1)].every(isFloat)).toBe(true);
    expect([[], new PySet(), new PyTuple([]), new DictView('keys', {})].every(isIterable)).toBe(true);
    expect(['a', {}, new PyDict<Value>(), 1].some(isIterable)).toBe(false);
  });

  it.each<[Value, Value, number]>([
    [1, 2, -1],
    [2, new PyFloat(2), 0],
    [10n ** 20n, 1e19, 1],
    [true, 0, 1],
    ['a', 'b', -1],
    ['\uffff', '😀', -1],
    [[1, 2], [1, 3], -1],
    [[1], [1, 0], -1],
    [new PyTuple([2]), new PyTuple([1, 5]), 1],
  ])('%#: %p and %p', (a, b, order) => {
    expect(Math.sign(compare(a, b))).toBe(order);
  });

  it('has no order among other kinds, nor with NaN', () => {
    expect(compare(NaN, 1)).toBeNaN();
    expect(() => compare(1, 'a')).toThrow("'<' not supported between instances of 'int' and 'str'");
    expect(() => compare([1], [null], '>')).toThrow("'>' not supported between instances of 'int' and 'NoneType'");
    expect(() => compare({}, {})).toThrow("'<' not supported between instances of 'dict' and 'dict'");
  });
});

it('stops an evaluation that spends too much', () => {
  const budget = new Budget({ maxSteps: 10, maxOutput: 5 });
  budget.step(10);
  expect(() => budget.step()).toThrow('too many steps');
  expect(() => budget.output(6)).toThrow('too much output');
  expect(() => new Budget().output(NaN)).toThrow('too much output');
});
