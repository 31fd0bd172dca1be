import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HeldClaim } from '../store/index.js';
import { LeaseKeeper } from './lease-keeper.js';

let running: readonly string[];
let asked: (readonly string[])[];
let lost: (readonly string[])[];
let unwanted: string[];
let failures: unknown[];
let answer: (ids: readonly string[]) => Promise<readonly HeldClaim[]>;
let renew: () => Promise<void>;
let renewals: number;
let keeper: LeaseKeeper;

beforeEach(() => {
  running = [];
  renewals = 0;
  renew = () => Promise.resolve();
  [asked, lost, unwanted, failures] = [[], [], [], []];
  answer = (ids) => Promise.resolve(ids.map((id) => ({ id, unwanted: null })));
  keeper = new LeaseKeeper({
    leaseMs: 180_000,
    onTick: () => undefined,
    renew: () => {
      renewals += 1;
      return renew();
    },
    running: () => running,
    keep: (ids) => {
      asked.push(ids);
      return answer(ids);
    },
    onLost: (ids) => lost.push(ids),
    onUnwanted: (id, why) => unwanted.push(`${id} ${why}`),
    onFailure: (error) => failures.push(error),
  });
});

describe('LeaseKeeper', () => {
  it('renews one lease for all, and tells which are no longer ours', async () => {
    running = ['a', 'b', 'c'];
    answer = () =>
      Promise.resolve([
        { id: 'a', unwanted: null },
        { id: 'c', unwanted: 'cancelled' },
      ]);
    await keeper.extend();

    expect(renewals).toBe(1);
    expect(asked).toEqual([['a', 'b', 'c']]);
    expect(lost).toEqual([['b']]);
    expect(unwanted).toEqual(['c cancelled']);
  });

  it('only renews while nothing runs', async () => {
    await keeper.extend();

    expect(renewals).toBe(1);
    expect(asked).toEqual([]);
  });

  it('renews on, however long the look at what runs takes', async () => {
    running = ['a'];
    answer = () => new Promise(() => undefined);
    void keeper.extend();
    await keeper.extend();
    await keeper.extend();

    expect(renewals).toBeGreaterThanOrEqual(2);
    expect(asked).toHaveLength(1);
  });

  it('renews before a claim unless the lease lasts', async () => {
    expect(keeper.isLive).toBe(false);
    await Promise.all([keeper.live(), keeper.live()]);
    await keeper.live();

    expect(keeper.isLive).toBe(true);
    expect(renewals).toBe(1);
  });

  it('does not take the lease for renewed when nobody answered', async () => {
    renew = () => Promise.reject(new Error('away'));

    await expect(keeper.live()).rejects.toThrow('away');
    expect(keeper.isLive).toBe(false);
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
