import { expect, it } from '@jest/globals';
import { TreeRoom, TreeSizes } from './tree-sizes.js';

const SECOND = 1_000_000;

function sizesOf(maxSize: number) {
  const clock = { micros: 0, now: () => clock.micros };
  return { clock, sizes: new TreeSizes({ maxDepth: 500, maxSize }, clock) };
}

it('wants a tree counted that it does not know, and again after a twentieth of what is allowed', () => {
  const { sizes } = sizesOf(100);
  expect(sizes.of('root')).toBeUndefined();

  sizes.setCounted('root', 10);
  sizes.add('root', 5);
  expect(sizes.of('root')).toBe(15);

  sizes.add('root', 1);
  expect(sizes.of('root')).toBeUndefined();
});

it('takes a tree for full for a second', () => {
  const { sizes, clock } = sizesOf(100);
  sizes.setCounted('root', 100);
  clock.micros = SECOND;
  expect(sizes.of('root')).toBe(100);

  clock.micros = SECOND + 1;
  expect(sizes.of('root')).toBeUndefined();
});

it('counts a decision that is made again once', () => {
  const { sizes } = sizesOf(100);
  sizes.setCounted('root', 98);
  const room = new TreeRoom(sizes, () => 98);

  for (let again = 0; again < 3; again += 1) {
    room.begin();
    expect(room.take('root')).toBe(true);
  }
  room.keep();
  room.report();

  room.begin();
  expect(room.take('root')).toBe(true);
  expect(room.take('root')).toBe(false);
  expect(sizes.of('root')).toBe(99);
});
