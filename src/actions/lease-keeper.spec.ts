import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HeldClaim } from '../store/index.js';
import { LeaseKeeper } from './lease-keeper.js';

let running: readonly string[];
let asked: (readonly string[])[];
let lost: (readonly string[])[];
let unwanted: string[];
let failures: unknown[];
let answer: (ids: readonly string[]) => Promise<readonly HeldClaim[]>;
let keeper: LeaseKeeper;

beforeEach(() => {
  running = [];
  [asked, lost, unwanted, failures] = [[], [], [], []];
  answer = (ids) => Promise.resolve(ids.map((id) => ({ id, unwanted: null })));
  keeper = new LeaseKeeper({
    everyMs: 60_000,
    onTick: () => undefined,
    running: () => running,
    extend: (ids) => {
      asked.push(ids);
      return answer(ids);
    },
    onLost: (ids) => lost.push(ids),
    onUnwanted: (id, why) => unwanted.push(`${id} ${why}`),
    onFailure: (error) => failures.push(error),
  });
});

describe('LeaseKeeper', () => {
  it('extends all leases together, and tells which are no longer ours', async () => {
    running = ['a', 'b', 'c'];
    answer = () =>
      Promise.resolve([
        { id: 'a', unwanted: null },
        { id: 'c', unwanted: 'cancelled' },
      ]);
    await keeper.extend();

    expect(asked).toEqual([['a', 'b', 'c']]);
    expect(lost).toEqual([['b']]);
    expect(unwanted).toEqual(['c cancelled']);
  });

  it('asks nothing while nothing runs', async () => {
    await keeper.extend();

    expect(asked).toEqual([]);
  });

  it('gives nothing up while the database is away', async () => {
    running = ['a'];
    answer = () => Promise.reject(new Error('away'));
    await keeper.extend();

    expect(lost).toEqual([]);
    expect(failures).toHaveLength(1);
  });

  it('does not ask twice at the same time', async () => {
    running = ['a'];
    await Promise.all([keeper.extend(), keeper.extend()]);

    expect(asked).toHaveLength(1);
  });
});
