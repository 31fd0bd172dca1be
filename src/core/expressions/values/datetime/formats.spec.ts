import { describe, expect, it } from '@jest/globals';

import { Budget, DateTime, formatValue, parseDateTime, strftime, strptime, TimeSpan } from '../index.js';

const today = DateTime.of({ year: 2024, month: 5, day: 31 }, null);

describe('parseDateTime', () => {
  it.each([
    ['2020-01-31', '2020-01-31T00:00:00'],
    ['2020-01-31T10:20:30Z', '2020-01-31T10:20:30+00:00'],
    ['2020-01-31T10:20:30+03:00', '2020-01-31T10:20:30+03:00'],
    ['2020-01-31 10:20:30 -0330', '2020-01-31T10:20:30-03:30'],
    ['2020-01-31 10:20:30.5', '2020-01-31T10:20:30.500000'],
    ['2020-01-31 10:20:30,123456789', '2020-01-31T10:20:30.123456'],
    ['31 Jan 2020', '2020-01-31T00:00:00'],
    ['Jan 31, 2020 5pm', '2020-01-31T17:00:00'],
    ['Jan 31 2020 12 am', '2020-01-31T00:00:00'],
    ['Fri, 31 Jan 2020 10:20:30 GMT', '2020-01-31T10:20:30+00:00'],
    ['Fri Jan 31 10:20:30 +0200 (EET) 2020', '2020-01-31T10:20:30+02:00'],
    ['01/02/2020', '2020-01-02T00:00:00'],
    ['13/02/2020', '2020-02-13T00:00:00'],
    ['01/02/03', '2003-01-02T00:00:00'],
    ['31.01.2020', '2020-01-31T00:00:00'],
    ['01-Jan-99', '1999-01-01T00:00:00'],
    ['20200131', '2020-01-31T00:00:00'],
    ['20200131T102030', '2020-01-31T10:20:30'],
    ['202001311020', '2020-01-31T10:20:00'],
    ['10:20', '2024-05-31T10:20:00'],
    ['10h36m28.5s', '2024-05-31T10:36:28.500000'],
    ['Feb', '2024-02-29T00:00:00'],
    ['Monday', '2024-06-03T00:00:00'],
    ['January of 2020', '2020-01-31T00:00:00'],
    ['3rd of May 2001', '2001-05-03T00:00:00'],
    ['5:50 AM on June 13 1990', '1990-06-13T05:50:00'],
    ['2020-01-31 10:20 GMT+3', '2020-01-31T10:20:00-03:00'],
    ['99-01-02', '1999-01-02T00:00:00'],
    ['٢٠٢٠-01-31', '2020-01-31T00:00:00'],
  ])('%s', (text, iso) => {
    expect(parseDateTime(text, today).isoFormat()).toBe(iso);
  });

  it.each([
    ['bad', 'Unknown string format: bad'],
    ['', 'String does not contain a date: '],
    ['2020-13-32', 'month must be in 1..12: 2020-13-32'],
    ['2020-02-30', 'day is out of range for month: 2020-02-30'],
    ['25:00', 'hour must be in 0..23: 25:00'],
    ['13pm x', 'Unknown string format: 13pm x'],
    ['1 2 3 4', 'Unknown string format: 1 2 3 4'],
  ])('%j is an error', (text, message) => {
    expect(() => parseDateTime(text, today)).toThrow(message);
  });
});

describe('strftime', () => {
  const moment = DateTime.of(
    { year: 2020, month: 1, day: 5, hour: 14, minute: 7, second: 9, microsecond: 45 },
    TimeSpan.of({ hours: -5, minutes: -30 }),
  );

  it.each([
    ['%Y-%m-%dT%H:%M:%S.%f%z', '2020-01-05T14:07:09.000045-0530'],
    ['%A %a %B %b %h %p %P', 'Sunday Sun January Jan Jan PM pm'],
    [
      '%c | %x | %X | %D | %F | %T | %R | %r',
      'Sun Jan  5 14:07:09 2020 | 01/05/20 | 14:07:09 | 01/05/20 | 2020-01-05 | 14:07:09 | 14:07 | 02:07:09 PM',
    ],
    ['%e|%k|%l|%I|%j|%y|%C', ' 5|14| 2|02|005|20|20'],
    ['%U %W %V %G %g %u %w', '01 00 01 2020 20 7 0'],
    ['%s', '1578233229'],
    ['%-d %_m %05d %^a %#p', '5  1 00005 SUN pm'],
    ['100%% %Q %', '100% %Q %'],
    ['é', 'é'],
  ])('%s', (format, text) => {
    expect(strftime(moment, format)).toBe(text);
  });

  it('is what format specifications of moments mean', () => {
    expect(formatValue(moment, '%Y', new Budget())).toBe('2020');
  });

  it('names only UTC', () => {
    expect(strftime(moment, '[%Z]')).toBe('[]');
    expect(strftime(moment.at(new TimeSpan(0n)), '%z %Z')).toBe('+0000 UTC');
    expect(strftime(today, '[%z%Z]')).toBe('[]');
  });
});

describe('strptime', () => {
  const parse = (text: string, format: string) => strptime(text, format, new Budget()).isoFormat();

  it.each([
    ['31.01.2020', '%d.%m.%Y', '2020-01-31T00:00:00'],
    ['2020-01-31 23:59', '%Y-%m-%d %H:%M', '2020-01-31T23:59:00'],
    ['200131', '%y%m%d', '2020-01-31T00:00:00'],
    ['69', '%y', '1969-01-01T00:00:00'],
    ['friday 31 JANUARY  2020', '%A %d %B %Y', '2020-01-31T00:00:00'],
    ['05:30 pm', '%I:%M %p', '1900-01-01T17:30:00'],
    ['12AM', '%I%p', '1900-01-01T00:00:00'],
    ['10:20:30.5', '%H:%M:%S.%f', '1900-01-01T10:20:30.500000'],
    ['2020-01-31T10:20:30-03:30', '%Y-%m-%dT%H:%M:%S%z', '2020-01-31T10:20:30-03:30'],
    ['2020-01-31T10:20:30Z', '%Y-%m-%dT%H:%M:%S%z', '2020-01-31T10:20:30+00:00'],
    ['366 2020', '%j %Y', '2020-12-31T00:00:00'],
    ['05 3 2020', '%U %w %Y', '2020-02-05T00:00:00'],
    ['5 Mon 2020', '%W %a %Y', '2020-02-03T00:00:00'],
    ['2020-W05-5', '%G-W%V-%u', '2020-01-31T00:00:00'],
    ['Fri Jan 31 10:20:30 2020', '%c', '2020-01-31T10:20:30'],
  ])('%s by %s', (text, format, iso) => {
    expect(parse(text, format)).toBe(iso);
  });

  it.each([
    ['x', '%Y', "time data 'x' does not match format '%Y'"],
    ['2020-01-31x', '%Y-%m-%d', 'unconverted data remains: x'],
    ['2020', '%Q', "'Q' is a bad directive in format '%Q'"],
    ['2020', '%', "stray % in format '%'"],
    ['2020-02-30', '%Y-%m-%d', 'day is out of range for month'],
    ['2020', '%G', "ISO year directive '%G' must be used with"],
  ])('%s by %s is an error', (text, format, message) => {
    expect(() => parse(text, format)).toThrow(message);
  });
});
