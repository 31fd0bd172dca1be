import { expect, it } from '@jest/globals';
import { durationText, millisecondsSince } from './times.js';

it.each([
  ['2026-01-31 12:00:00', '0 s'],
  ['2026-01-31 12:00:59', '59 s'],
  ['2026-01-31 12:02:05', '2 min 5 s'],
  ['2026-01-31 13:12:00', '1 h 12 min'],
  ['2026-02-03 15:00:00', '3 d 3 h'],
  [null, ''],
])('says how long it is from noon to %s', (to, text) => {
  expect(durationText('2026-01-31 12:00:00', to)).toBe(text);
});

it('reads dates as UTC, and never looks into the future', () => {
  expect(millisecondsSince('2026-01-31 12:00:00', Date.UTC(2026, 0, 31, 12, 0, 1))).toBe(1000);
  expect(millisecondsSince('2026-01-31 12:00:00', 0)).toBe(0);
});
