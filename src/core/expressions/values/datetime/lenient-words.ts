import { indexByName, MONTHS, WEEKDAYS } from './names.js';

/** Words and marks between the parts of a date that mean nothing. */
export const JUMPS = new Set([
  ' ',
  '.',
  ',',
  ';',
  '-',
  '/',
  "'",
  'at',
  'on',
  'and',
  'ad',
  'm',
  't',
  'of',
  'st',
  'nd',
  'rd',
  'th',
]);
export const MONTH_NAMES = indexByName(
  MONTHS.map((name) => [name, name.slice(0, 3), name === 'September' ? 'sept' : name]),
);
export const WEEKDAY_NAMES = indexByName(WEEKDAYS.map((name) => [name, name.slice(0, 3)]));
/** Hours, minutes, seconds. */
export const UNITS = indexByName([
  ['h', 'hour', 'hours'],
  ['m', 'minute', 'minutes'],
  ['s', 'second', 'seconds'],
]);
/** Of a day: 0 before noon, 1 after. */
export const HALVES = indexByName([
  ['am', 'a'],
  ['pm', 'p'],
]);
export const UTC_NAMES = new Set(['UTC', 'GMT', 'Z', 'z']);
