import { pyRepr, pyStr, type Value } from '../../values/index.js';

/** Python's `str()` of a value inside YAQL, where lists are tuples: `(1, 2)`, `{'a': None}`, `frozenset({1})`. */
export function yaqlText(value: Value): string {
  return pyStr(value, { frozen: true });
}

export function yaqlRepr(value: Value): string {
  return pyRepr(value, { frozen: true });
}

/** What YAQL's `str` function answers: as {@link yaqlText}, with `null`, `true` and `false` in YAQL's own spelling. */
export function yaqlString(value: Value): string {
  if (value === null) return 'null';
  return typeof value === 'boolean' ? String(value) : yaqlText(value);
}
