import { expect, it } from '@jest/globals';
import { Pace } from './pace.js';

/** A pace whose clock goes on by what its work says it takes. */
function aPace() {
  let now = 0;
  const pace = new Pace(() => now);
  const done: string[] = [];
  const work = async (name: string, ms: number): Promise<void> => {
    await pace.soon(() => {
      now += ms;
      done.push(name);
    });
  };
  return { work, done };
}

it('lets short work go on at once', async () => {
  const { work, done } = aPace();
  void work('a', 1);
  void work('b', 1);
  await Promise.resolve();
  await Promise.resolve();

  expect(done).toEqual(['a', 'b']);
});

it('lets others in after work that was long, and keeps the order', async () => {
  const { work, done } = aPace();
  const all = [work('a', 20), work('b', 20), work('c', 1), work('d', 1)];
  let rounds = 0;
  const seen: number[] = [];
  while (done.length < 4) {
    seen.push(done.length);
    rounds += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(all);

  expect(done).toEqual(['a', 'b', 'c', 'd']);
  expect(rounds).toBeGreaterThanOrEqual(3);
  expect(new Set(seen).size).toBeGreaterThanOrEqual(3);
});
