import { describe, expect, it } from '@jest/globals';

import { PyFloat } from '../../../shared/index.js';
import { compare, DateTime, equals, hashKey, pyRepr, pyStr, TimeSpan } from '../index.js';

const UTC = new TimeSpan(0n);
const hours = (count: number) => TimeSpan.of({ hours: count });
const at = (year: number, month: number, day: number, hour = 0, offset: TimeSpan | null = UTC) =>
  DateTime.of({ year, month, day, hour }, offset);

describe('DateTime', () => {
  it.each([
    [1, 1, 1],
    [1582, 10, 15],
    [1899, 12, 31],
    [1970, 1, 1],
    [2000, 2, 29],
    [2020, 12, 31],
    [2100, 3, 1],
    [9999, 12, 31],
  ])('keeps %d-%d-%d through microseconds and back', (year, month, day) => {
    expect(at(year, month, day).parts).toMatchObject({ year, month, day, hour: 0 });
  });

  it('prints as Python does', () => {
    const moment = DateTime.of(
      { year: 2020, month: 1, day: 5, hour: 1, minute: 2, second: 3, microsecond: 4 },
      hours(3),
    );
    expect(pyStr(moment)).toBe('2020-01-05 01:02:03.000004+03:00');
    expect(moment.isoFormat()).toBe('2020-01-05T01:02:03.000004+03:00');
    expect(pyRepr(moment)).toBe('datetime.datetime(2020, 1, 5, 1, 2, 3, 4, tzinfo=tzoffset(None, 10800))');
    expect(pyRepr([at(2020, 1, 5)])).toBe('[datetime.datetime(2020, 1, 5, 0, 0, tzinfo=tzutc())]');
    expect(pyStr(at(800, 1, 5, 0, null))).toBe('0800-01-05 00:00:00');
    expect(pyStr(at(2020, 1, 5, 0, TimeSpan.of({ hours: -5, minutes: -30 })))).toBe('2020-01-05 00:00:00-05:30');
  });

  it('names the part that is out of range', () => {
    expect(() => at(2020, 13, 1)).toThrow('month must be in 1..12');
    expect(() => at(2019, 2, 29)).toThrow('day is out of range for month');
    expect(() => at(0, 1, 1)).toThrow('year 0 is out of range');
    expect(() => at(2019, 2, 28, 24)).toThrow('hour must be in 0..23');
    expect(() => at(9999, 12, 31).plus(hours(24))).toThrow('date value out of range');
    expect(() => at(2020, 1, 1, 0, hours(24))).toThrow('strictly between');
  });

  it('compares, equals and hashes moments, not clocks', () => {
    expect(equals(at(2020, 1, 1, 3, hours(3)), at(2020, 1, 1))).toBe(true);
    expect(hashKey(at(2020, 1, 1, 3, hours(3)))).toBe(hashKey(at(2020, 1, 1)));
    expect(compare(at(2020, 1, 1), at(2021, 1, 1))).toBe(-1);
    expect(equals(at(2020, 1, 1), at(2020, 1, 1, 0, null))).toBe(false);
    expect(() => compare(at(2020, 1, 1), at(2020, 1, 1, 0, null))).toThrow("can't compare");
    expect(() => compare(at(2020, 1, 1), 5)).toThrow("instances of 'datetime.datetime' and 'int'");
  });

  it('calculates', () => {
    expect(pyStr(at(2020, 3, 1).minus(hours(24)))).toBe('2020-02-29 00:00:00+00:00');
    expect(
      at(2020, 3, 1)
        .since(at(2020, 2, 1))
        .inUnits(86_400_000_000n),
    ).toEqual(new PyFloat(29));
    expect(at(2020, 1, 1, 0, hours(3)).timestamp()).toEqual(new PyFloat(1577826000));
    expect(at(2020, 2, 2).weekday).toBe(6);
    expect(at(1969, 12, 31).weekday).toBe(2);
    expect(pyStr(at(2020, 1, 1).at(hours(-1)))).toBe('2019-12-31 23:00:00-01:00');
  });
});

describe('TimeSpan', () => {
  it.each([
    [{}, '0:00:00', 'datetime.timedelta(0)'],
    [{ days: 1, hours: 1 }, '1 day, 1:00:00', 'datetime.timedelta(days=1, seconds=3600)'],
    [{ days: -2, hours: 1 }, '-2 days, 1:00:00', 'datetime.timedelta(days=-2, seconds=3600)'],
    [{ milliseconds: 1 }, '0:00:00.001000', 'datetime.timedelta(microseconds=1000)'],
    [
      { microseconds: -1 },
      '-1 day, 23:59:59.999999',
      'datetime.timedelta(days=-1, seconds=86399, microseconds=999999)',
    ],
  ])('%p prints as %s', (parts, text, repr) => {
    expect(pyStr(TimeSpan.of(parts))).toBe(text);
    expect(pyRepr(TimeSpan.of(parts))).toBe(repr);
  });

  it('multiplies and divides to the nearest microsecond', () => {
    const span = new TimeSpan(5n);
    expect(span.times(0.5).micros).toBe(2n);
    expect(span.times(1.5).micros).toBe(8n);
    expect(span.dividedBy(2).micros).toBe(2n);
    expect(span.dividedBy(-2).micros).toBe(-2n);
    expect(span.dividedBy(0.4).micros).toBe(12n);
    expect(hours(1).ratioTo(TimeSpan.of({ minutes: 20 }))).toEqual(new PyFloat(3));
    expect(() => span.dividedBy(0)).toThrow('division by zero');
    expect(() => TimeSpan.of({ days: 1_000_000_000 })).toThrow('must have magnitude');
  });
});
