import { beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../test/support/until.js';
import type { ClaimedAction } from '../store/index.js';
import { Claimer } from './claimer.js';

/** A claimer over a list of waiting ids, which knows what was asked of the store. */
class Bench {
  readonly asked: (number | readonly string[])[] = [];
  readonly started: string[] = [];
  readonly released: string[] = [];
  readonly failures: unknown[] = [];
  audits = 0;
  auditAnswer: () => Promise<void> = () => Promise.resolve();
  places = 10;
  isShareFull = false;
  waiting: string[] = [];
  answer: () => Promise<void> = () => Promise.resolve();

  readonly claimer = new Claimer({
    claim: async (which) => {
      this.asked.push(which);
      await this.answer();
      const taken = typeof which === 'number' ? this.waiting.slice(0, which) : which;
      this.waiting = this.waiting.filter((id) => !taken.includes(id));
      return taken.map((id) => ({ id }) as ClaimedAction);
    },
    isShareFull: () => this.isShareFull,
    freePlaces: () => this.places - this.started.length,
    start: ({ id }) => this.started.push(id),
    release: (claimed) => Promise.resolve(void this.released.push(...claimed.map(({ id }) => id))),
    audit: () => {
      this.audits++;
      return this.auditAnswer();
    },
    onFailure: (error) => this.failures.push(error),
  });
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

describe('Claimer', () => {
  it('claims what it is told of within a tick in one statement', async () => {
    bench.claimer.tell(['a', 'b']);
    bench.claimer.tell(['b', 'c']);
    await until(() => bench.started.length === 3);

    expect(bench.asked).toEqual([['a', 'b', 'c']]);
  });

  it('claims together what arrives while a statement is under way', async () => {
    const { promise, resolve } = deferred();
    bench.answer = () => promise;
    bench.claimer.tell(['a']);
    await until(() => bench.asked.length === 1);
    bench.claimer.tell(['b']);
    bench.claimer.tell(['c']);
    resolve();
    await until(() => bench.started.length === 3);

    expect(bench.asked).toEqual([['a'], ['b', 'c']]);
  });

  it('never takes more than there are places, and takes the oldest of all then', async () => {
    bench.places = 2;
    bench.waiting = ['old', 'a', 'b', 'c'];
    bench.claimer.tell(['a', 'b', 'c']);
    await until(() => bench.started.length === 2);

    expect(bench.asked).toEqual([2]);
    expect(bench.started).toEqual(['old', 'a']);
  });

  it('goes on when places are free again, until nothing is left', async () => {
    bench.places = 2;
    bench.waiting = ['a', 'b', 'c'];
    bench.claimer.look();
    await until(() => bench.started.length === 2);
    bench.places = 4;
    bench.claimer.wake();
    await until(() => bench.started.length === 3);

    expect(bench.asked).toEqual([2, 2]);
  });

  it('looks again when a place is free, if somebody had all that one may have', async () => {
    bench.waiting = ['a'];
    bench.claimer.look();
    await until(() => bench.started.length === 1);
    bench.isShareFull = true;
    bench.claimer.look();
    await until(() => bench.asked.length === 2);
    await turn();
    bench.waiting = ['b'];
    bench.claimer.wake();
    await until(() => bench.started.length === 2);

    expect(bench.asked).toEqual([10, 9, 9]);
  });

  it('asks for nothing when there is no work', async () => {
    bench.claimer.wake();
    bench.claimer.tell([]);
    await turn();

    expect(bench.asked).toEqual([]);
  });

  it('tries again at the next look after a failure', async () => {
    bench.answer = () => Promise.reject(new Error('away'));
    bench.waiting = ['a'];
    bench.claimer.tell(['a']);
    await until(() => bench.failures.length === 1);
    bench.answer = () => Promise.resolve();
    bench.claimer.look();
    await until(() => bench.started.length === 1);

    expect(bench.asked).toEqual([['a'], 10]);
  });

  it('audits its claims after a failure, before the next claim', async () => {
    bench.answer = () => Promise.reject(new Error('away'));
    bench.claimer.tell(['a']);
    await until(() => bench.failures.length === 1);
    bench.auditAnswer = () => Promise.reject(new Error('still away'));
    bench.claimer.look();
    await until(() => bench.failures.length === 2);

    expect([bench.asked.length, bench.audits]).toEqual([1, 1]);
  });

  it('audits while no claim is under way', async () => {
    const { promise, resolve } = deferred();
    bench.answer = () => promise;
    bench.claimer.tell(['a']);
    await until(() => bench.asked.length === 1);
    bench.claimer.audit();
    await turn();
    expect(bench.audits).toBe(0);
    resolve();

    await until(() => bench.audits === 1);
  });

  it('hands back what it gets after it was stopped, and claims nothing more', async () => {
    const { promise, resolve } = deferred();
    bench.answer = () => promise;
    bench.claimer.tell(['a', 'b']);
    await until(() => bench.asked.length === 1);
    const stopped = bench.claimer.stop();
    bench.claimer.tell(['c']);
    resolve();
    await stopped;

    expect(bench.started).toEqual([]);
    expect(bench.released).toEqual(['a', 'b']);
    expect(bench.asked).toHaveLength(1);
  });

  it('claims nothing when it is stopped in the tick in which it was told', async () => {
    bench.claimer.tell(['a']);
    await bench.claimer.stop();
    await turn();

    expect(bench.asked).toEqual([]);
  });
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}
