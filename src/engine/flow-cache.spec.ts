import { expect, it } from '@jest/globals';
import { until } from '../../test/support/until.js';
import type { Flow } from '../core/flow/index.js';
import { FlowCache } from './flow-cache.js';

function flow(id: string, bytes: number): Flow {
  return { execution: { id }, bytes } as unknown as Flow;
}

it('drops what was used least recently when the bytes are too many', () => {
  const cache = new FlowCache(100);
  for (const id of ['a', 'b']) cache.put(flow(id, 40));
  cache.put(cache.take('a') ?? flow('none', 0));
  cache.put(flow('c', 40));

  expect(cache.take('b')).toBeUndefined();
  expect(cache.take('a')).toBeDefined();
  expect(cache.take('c')).toBeDefined();
});

it('counts an execution as large as it is when it comes back', () => {
  const cache = new FlowCache(100);
  cache.put(flow('a', 10));
  cache.put(flow('b', 10));
  cache.put(flow('b', 95));

  expect(cache.take('a')).toBeUndefined();
  expect(cache.take('b')).toBeDefined();
});

it('keeps only the last of those that are too large, and not for long', async () => {
  const cache = new FlowCache(100, 20);
  cache.put(flow('small', 10));
  for (const id of ['large', 'larger']) cache.put(flow(id, 1_000));

  expect(cache.take('large')).toBeUndefined();
  const larger = cache.take('larger');
  expect(larger).toBeDefined();
  cache.put(larger ?? flow('none', 0));
  await until(() => cache.size === 1);
  expect(cache.take('small')).toBeDefined();
});
