import { describe, expect, it } from '@jest/globals';
import { evaluateYaql } from '../template.js';
import type { Value } from '../../values/index.js';

function run(expression: string): Value {
  const scope = {
    layers: [{ l: [3, 1, 2], d: { a: 1 }, n: null }],
    functions: { uuid: () => 'id', now: () => 0, random: () => 0 },
  };
  return evaluateYaql(`<% ${expression} %>`, scope);
}

describe('calls', () => {
  it('evaluate an eager argument once, left to right', () => {
    const text = '$.l.where($ > 5).len() + len([1])';

    expect(run(text)).toBe(1);
  });

  it('leave a lazy argument alone until it is needed', () => {
    expect(run('coalesce(1, $.missing)')).toBe(1);
    expect(run('switch(true => ok, $.missing => x)')).toBe('ok');
  });

  it('choose the overload by the types of the values', () => {
    expect(run('[len(abc), len([1, 2]), len({a => 1}), len(set(1)), len(range(4))]')).toEqual([3, 2, 1, 1, 4]);
  });

  it('prefer the narrower of two overloads that fit', () => {
    expect(run('[0, 1].insert(-1, a)')).toEqual([0, 'a', 1]);
    expect(run('{a => 1}.set(b => 2, c => 3)')).toEqual({ a: 1, b: 2, c: 3 });
  });

  it.each([
    ['concat()', 'Ambiguous function "concat"'],
    ['def(switch, 1) -> switch(true => 2)', 'Ambiguous function "switch"'],
    ['foo(1)', 'Unknown function "foo"'],
    ['$.l.foo()', 'Unknown method "foo" for receiver (3, 1, 2)'],
    ['$.n.len()', 'No method "len" for receiver None matches supplied arguments'],
    ['len(5)', 'No function "len" matches supplied arguments'],
    ["$.l.where('predicate' => true)", 'Cannot convert mapping to keyword argument'],
    ['$.l.where(true, predicate => false)', 'matches supplied arguments'],
    ['1 + a', 'No function "#operator_+" matches supplied arguments'],
    ["$.'a'", 'No function "#operator_." matches supplied arguments'],
  ])('fail on %s with: %s', (expression, message) => {
    expect(() => run(expression)).toThrow(message);
  });

  it('find functions that the expression defines before all others', () => {
    expect(run('def(len, 42) -> len(abc)')).toBe(42);
    expect(run('def(fact, switch($ < 2 => 1, true => $ * fact($ - 1))) -> fact(10)')).toBe(3_628_800);
    expect(run('def(str, x) -> [1, 2].join(y)')).toBe('xyx');
  });

  it('take a skipped argument for its default', () => {
    expect(run("'a b c'.split(, 1)")).toEqual(['a', 'b c']);
  });

  it('read an iterator only once', () => {
    expect(run('let(a => $.l.where($ > 1)) -> [$a.len(), $a.len()]')).toEqual([2, 0]);
    expect(run('let(a => $.l.where($ > 1).memorize()) -> [$a.len(), $a.len()]')).toEqual([2, 2]);
  });

  it('keep lists of functions apart from lists of the data', () => {
    expect(
      run('[str($.l), str([1, 2].splitAt(1)), [1, 2].splitAt(1)[0] = [1], [[1], [2]] = [1, 2].splitAt(1)]'),
    ).toEqual(['(3, 1, 2)', '[(1,), (2,)]', true, false]);
  });
});
