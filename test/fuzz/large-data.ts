import type { JsonObject } from '../../src/core/shared/index.js';
import { deepFreeze } from './context.js';

const N = 20_000;
const numbers = Array.from({ length: N }, (_, i) => (i * 7919) % N);

/** Data on which anything that walks through the whole takes noticeable time. */
export const LARGE: JsonObject = deepFreeze({
  s: 'ab c-'.repeat(N),
  t: 'ä🎈 '.repeat(N),
  e: ' '.repeat(N),
  l: numbers,
  m: numbers.map((number) => ({ a: number, b: `x${number}` })),
  d: Object.fromEntries(numbers.map((number) => [`k${number}`, number])),
  x: numbers.map((number) => [number, [number]]),
  n: 7n ** BigInt(N),
  k: '9'.repeat(4000),
  json: JSON.stringify(numbers),
});

export const LARGE_NAMES: readonly string[] = Object.keys(LARGE);
