import { describe, expect, it, jest } from '@jest/globals';
import { FakeClock, SystemClock } from './clock.js';

describe('SystemClock', () => {
  it('counts whole microseconds near the wall clock', () => {
    const micros = new SystemClock().now();
    expect(Number.isSafeInteger(micros)).toBe(true);
    expect(Math.abs(micros / 1000 - Date.now())).toBeLessThan(1000);
  });

  it('follows a correction of the wall clock', () => {
    const clock = new SystemClock();
    const corrected = Date.now() + 3_600_000;
    const spy = jest.spyOn(Date, 'now').mockReturnValue(corrected);
    expect(clock.now()).toBe(corrected * 1000);
    spy.mockRestore();
  });
});

describe('FakeClock', () => {
  it('stands still until it is moved', () => {
    const clock = new FakeClock(1_000_000);
    clock.advance(1.5);
    expect([clock.now(), clock.now()]).toEqual([1_001_500, 1_001_500]);
  });
});
