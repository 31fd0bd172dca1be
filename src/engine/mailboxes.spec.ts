import { describe, expect, it } from '@jest/globals';
import { type Letter, Mailboxes } from './mailboxes.js';

/** Mailboxes whose executions are named `tree-…`, and whose deliveries end when the spec says so. */
function mailboxes(mostAtOnce: number, mostPoked = 1_000) {
  const delivered: string[] = [];
  const ends: (() => void)[] = [];
  const boxes = new Mailboxes({
    deliver: async (id, letters) => {
      delivered.push(id);
      await new Promise<void>((resolve) => ends.push(resolve));
      for (const letter of letters) letter.resolve();
      return [];
    },
    onFailure: () => undefined,
    rootOf: (id) => id.split('-')[0] ?? id,
    mostAtOnce,
    mostPoked,
  });
  async function finish(): Promise<void> {
    const under = boxes.settled();
    let isOver = false;
    void under.then(() => (isOver = true));
    while (!isOver) {
      ends.shift()?.();
      await Promise.resolve();
    }
  }
  return { boxes, delivered, finish };
}

const CALLER = { projectId: 'p', isAdmin: false };

it('handles so many executions at once', async () => {
  const { boxes, delivered, finish } = mailboxes(2);
  for (const id of ['a-1', 'a-2', 'a-3']) boxes.poke(id);
  await Promise.resolve();

  expect(delivered).toEqual(['a-1', 'a-2']);
  await finish();
  expect(delivered).toEqual(['a-1', 'a-2', 'a-3']);
});

it('goes round the trees that wait', async () => {
  const { boxes, delivered, finish } = mailboxes(1);
  for (const id of ['big-1', 'big-2', 'big-3', 'big-4', 'small-1', 'other-1', 'small-2']) boxes.poke(id);
  await finish();

  expect(delivered).toEqual(['big-1', 'small-1', 'other-1', 'big-2', 'small-2', 'big-3', 'big-4']);
});

it('lets those pass for whose answer a caller waits, and some of the others now and then', async () => {
  const { boxes, delivered, finish } = mailboxes(1);
  for (const id of ['big-1', 'big-2', 'big-3']) boxes.poke(id);
  const sent = ['a-1', 'big-3', 'c-1', 'd-1', 'e-1'].map((id) => boxes.send(id, { kind: 'pause' }, CALLER));
  await finish();
  await Promise.all(sent);

  expect(delivered).toEqual(['a-1', 'big-3', 'c-1', 'd-1', 'big-1', 'e-1', 'big-2']);
});

it('leaves pokes beyond a number per tree to the relay', async () => {
  const { boxes, finish } = mailboxes(1, 2);

  expect(['big-1', 'big-2', 'big-3', 'small-1'].map((id) => boxes.poke(id))).toEqual([true, true, false, true]);
  await finish();
});

describe('a delivery that waits for something else', () => {
  interface Delivery {
    readonly ids: readonly string[];
    readonly isPoked: boolean;
    readonly wait: () => void;
    readonly end: (left?: readonly Letter[]) => void;
    readonly letters: readonly Letter[];
  }

  function waiting() {
    const deliveries: Delivery[] = [];
    const boxes = new Mailboxes({
      deliver: (_, letters, isPoked, wait) =>
        new Promise((resolve) => {
          const ids = letters.map(({ event }) => ('timerId' in event ? event.timerId : event.kind));
          const end = (left: readonly Letter[] = []): void => {
            for (const letter of letters) if (!left.includes(letter)) letter.resolve();
            resolve(left);
          };
          deliveries.push({ ids, isPoked, wait, end, letters });
        }),
      onFailure: () => undefined,
      rootOf: (id) => id,
      mostAtOnce: 1,
      mostPoked: 1_000,
    });
    const timer = (id: string): void => void boxes.send('e', { kind: 'timer', timerId: id });
    return { boxes, deliveries, timer };
  }

  it('lets other events of the execution, and others, come first', async () => {
    const { boxes, deliveries, timer } = waiting();
    timer('a');
    await turn();
    deliveries[0]?.wait();
    timer('b');
    void boxes.send('other', { kind: 'timer', timerId: 'c' });
    await turn();
    expect(deliveries.map(({ ids }) => ids)).toEqual([['a'], ['b']]);

    deliveries[1]?.end();
    await turn();
    expect(deliveries.map(({ ids }) => ids)).toEqual([['a'], ['b'], ['c']]);
    deliveries[0]?.end();
    deliveries[2]?.end();
    await boxes.settled();
  });

  it('takes what the outbox holds by itself, and not twice at the same time', async () => {
    const { boxes, deliveries, timer } = waiting();
    boxes.poke('e');
    await turn();
    deliveries[0]?.wait();
    boxes.poke('e');
    timer('a');
    await turn();
    expect(deliveries.map(({ isPoked }) => isPoked)).toEqual([true, false]);

    deliveries[1]?.end();
    await turn();
    expect(deliveries).toHaveLength(2);
    deliveries[0]?.end();
    await turn();
    expect(deliveries.map(({ isPoked }) => isPoked)).toEqual([true, false, true]);
    deliveries[2]?.end();
    await boxes.settled();
  });

  it('has the letters it left delivered again, before newer ones', async () => {
    const { boxes, deliveries, timer } = waiting();
    timer('a');
    timer('b');
    await turn();
    timer('c');
    deliveries[0]?.end(deliveries[0].letters.slice(1));
    await turn();

    expect(deliveries.map(({ ids }) => ids)).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
    deliveries[1]?.end();
    await boxes.settled();
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
