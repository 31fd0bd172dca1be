import { describe, expect, it } from '@jest/globals';

import { PyFloat } from '../../shared/index.js';
import { add, floorDivide, modulo, multiply, negate, subtract, trueDivide } from './numbers.js';

const f = (value: number) => new PyFloat(value);
const BIG = 9007199254740991;

describe('arithmetic of Python', () => {
  it.each([
    [add(1, 2), 3],
    [add(0.5, 0.5), f(1)],
    [add(1, f(2)), f(3)],
    [add(BIG, 1), 9007199254740992n],
    [add(9007199254740992n, -1), BIG],
    [add(1e308, 1e308), Infinity],
    [subtract(-BIG, 1), -9007199254740992n],
    [multiply(-1, 0), 0],
    [multiply(BIG, BIG), 81129638414606663681390495662081n],
    [multiply(2, 1.5), f(3)],
    [trueDivide(6, 2), f(3)],
    [trueDivide(10n ** 30n, 10n ** 29n), f(10)],
    [trueDivide(1, 3n * 10n ** 400n), f(0)],
    [trueDivide(2n * 10n ** 400n, 3n * 10n ** 400n), 2 / 3],
    [floorDivide(-7, 2), -4],
    [floorDivide(7, -2), -4],
    [floorDivide(-BIG, 3), -3002399751580331],
    [floorDivide(-7, 2.5), f(-3)],
    [floorDivide(10n ** 20n, 7), 14285714285714285714n],
    [floorDivide(-(10n ** 20n), 7), -14285714285714285715n],
    [modulo(-7, 3), 2],
    [modulo(7, -3), -2],
    [modulo(-6, 3), 0],
    [modulo(5.5, -2), -0.5],
    [modulo(-1, 1e300), 1e300],
    [modulo(-(10n ** 20n), 7), 5],
    [negate(0), 0],
    [negate(f(0)), f(-0)],
    [negate(-9007199254740992n), 9007199254740992n],
  ])('%#: %p', (result, expected) => {
    expect(result).toEqual(expected);
  });

  it.each([
    [() => trueDivide(1, 0), 'division by zero'],
    [() => trueDivide(1, f(0)), 'float division by zero'],
    [() => floorDivide(1, 0), 'integer division or modulo by zero'],
    [() => modulo(1.5, f(-0)), 'float modulo'],
    [() => add(10n ** 400n, 0.5), 'int too large to convert to float'],
  ])('refuses what Python refuses: %p', (run, message) => {
    expect(run).toThrow(message);
  });

  it('stops before ints grow without end', () => {
    let value: number | bigint = 3;
    expect(() => {
      for (;;) value = multiply(value, value) as number | bigint;
    }).toThrow('int too large');
  });
});
