import { describe, expect, it } from '@jest/globals';

import { PyFloat } from '../../shared/index.js';
import { Budget, modularPower, parseFloat, parseInt, power, round, roundToInt, truncate } from './index.js';

const f = (value: number) => new PyFloat(value);

describe('power', () => {
  it.each([
    [power(2, 10), 1024],
    [power(2, 100), 1267650600228229401496703205376n],
    [power(2, -1), 0.5],
    [power(7, -2), 0.02040816326530612],
    [power(2, 1.5), 2.8284271247461903],
    [power(4, 0.5), f(2)],
    [power(-0.1, 3), -0.0010000000000000002],
    [power(1.5, 1000), 1.2338405969061735e176],
    [power(0.3, 100.5), 2.82283893736008e-53],
    [power(2, f(3)), f(8)],
    [power(-8, f(3)), f(-512)],
    [power(0, 0), 1],
    [power(1, NaN), f(1)],
    [power(-1, 10n ** 30n), 1],
    [modularPower(3, 100, 7, new Budget()), 4],
    [modularPower(3, -1, 7, new Budget()), 5],
    [modularPower(3, 2, -7, new Budget()), -5],
    [modularPower(3, 2, 1, new Budget()), 0],
  ])('%#: %p', (result, expected) => {
    expect(result).toEqual(expected);
  });

  it.each([
    [() => power(0, -1), '0.0 cannot be raised'],
    [() => power(-8, 0.5), 'complex'],
    [() => power(10, 10_000_000), 'int too large'],
    [() => power(f(10), 400), 'Numerical result out of range'],
    [() => modularPower(2, -1, 4, new Budget()), 'not invertible'],
    [() => modularPower(2, 1, 0, new Budget()), '3rd argument cannot be 0'],
  ])('refuses what Python refuses: %p', (run, message) => {
    expect(run).toThrow(message);
  });
});

describe('round', () => {
  it.each([
    [round(2.5, 0), f(2)],
    [round(3.5, 0), f(4)],
    [round(-0.5, 0), f(-0)],
    [round(2.675, 2), 2.67],
    [round(0.125, 2), 0.12],
    [round(1.005, 2), f(1)],
    [round(f(1234), -2), f(1200)],
    [round(1250, -2), 1200],
    [round(1350, -2), 1400],
    [round(5, -3), 0],
    [round(7, 2), 7],
    [round(1e300, 400), 1e300],
    [round(0.1, 25), 0.1],
    [round(-1.5, -400), f(-0)],
    [roundToInt(2.5), 2],
    [roundToInt(1e20), 100000000000000000000n],
    [truncate(-2.7), -2],
    [truncate(1e16), 10000000000000000n],
  ])('%#: %p', (result, expected) => {
    expect(result).toEqual(expected);
  });

  it('has no integer for infinities', () => {
    expect(() => truncate(Infinity)).toThrow('cannot convert float infinity to integer');
    expect(() => roundToInt(NaN)).toThrow('cannot convert float NaN to integer');
  });
});

describe('numbers from text', () => {
  it.each<[string, number, number | bigint]>([
    [' 42\n', 10, 42],
    ['-1_000', 10, -1000],
    ['+٣٤', 10, 34],
    ['𝟗', 10, 9],
    ['ff', 16, 255],
    ['0xFF', 16, 255],
    ['0b11', 16, 0xb11],
    ['0b11', 0, 3],
    ['zz', 36, 1295],
    ['000', 0, 0],
    ['123456789012345678901', 10, 123456789012345678901n],
  ])('int(%j, %d)', (text, base, value) => {
    expect(parseInt(text, base)).toBe(value);
  });

  it.each([['3.5'], [''], ['1__0'], ['_1'], ['1_'], ['0x1'], ['- 1'], ['²'], ['1e3']])(
    'int(%j) is an error',
    (text) => {
      expect(() => parseInt(text)).toThrow(/invalid literal for int\(\) with base 10: '/);
    },
  );

  it.each<[string, number | PyFloat]>([
    ['1e3', f(1000)],
    [' .5 ', 0.5],
    ['1.', f(1)],
    ['1_0.5', 10.5],
    ['-inf', -Infinity],
    ['Infinity', Infinity],
    ['nan', NaN],
    ['٣.٥', 3.5],
    ['-0', f(-0)],
  ])('float(%j)', (text, value) => {
    expect(parseFloat(text)).toEqual(value);
  });

  it.each([[''], ['.'], ['1e'], ['0x1'], ['1__0'], ['infin']])('float(%j) is an error', (text) => {
    expect(() => parseFloat(text)).toThrow('could not convert string to float');
  });
});
