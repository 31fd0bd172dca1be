import { describe, expect, it } from '@jest/globals';

import { PyDict, stringifyJson } from '../../shared/index.js';
import {
  dataOf,
  DateTime,
  DictView,
  PyIterator,
  PyRegex,
  PySet,
  PyTuple,
  TimeSpan,
  toJson,
  type Value,
} from './index.js';

describe('toJson', () => {
  it('returns data itself', () => {
    const data = { a: [1, { b: null }], n: NaN };
    expect(toJson(data)).toBe(data);
  });

  it('turns collections of expressions into lists and moments into text', () => {
    const moment = DateTime.of({ year: 2020, month: 1, day: 31 }, TimeSpan.of({ hours: 1 }));
    const value: Value = {
      kept: [1],
      set: new PySet([1, 2]),
      tuple: new PyTuple(['a', new PySet()]),
      view: new DictView('items', { k: 1 }),
      rows: new PyIterator([[1], moment][Symbol.iterator]()),
      keyed: new PyDict<Value>([[1, new PyTuple([2])]]),
    };
    const json = toJson(value) as Record<string, unknown>;
    expect(stringifyJson(json)).toBe(
      '{"kept":[1],"set":[1,2],"tuple":["a",[]],"view":[["k",1]],"rows":[[1],"2020-01-31T00:00:00.000000"],"keyed":{"1":[2]}}',
    );
    expect(json.kept).toBe(value.kept);
  });

  it('refuses what JSON has no place for', () => {
    expect(() => toJson([new PyRegex('a')])).toThrow('Object of type re.Pattern is not JSON serializable');
    let deep: Value = 1;
    for (let i = 0; i < 2_000; i++) deep = [deep];
    expect(() => toJson(deep)).toThrow('More than 900 levels of nesting');
  });

  it('lets stringifyJson write values that are not data', () => {
    expect(stringifyJson([new PySet([1]), new PyTuple([2])], { other: dataOf })).toBe('[[1],[2]]');
  });
});
