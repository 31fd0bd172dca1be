import { expect, it } from '@jest/globals';
import { Mailboxes } from './mailboxes.js';

/** Mailboxes whose executions are named `tree-…`, and whose deliveries end when the spec says so. */
function mailboxes(mostAtOnce: number, mostPoked = 1_000) {
  const delivered: string[] = [];
  const ends: (() => void)[] = [];
  const boxes = new Mailboxes({
    deliver: async (id, letters) => {
      delivered.push(id);
      await new Promise<void>((resolve) => ends.push(resolve));
      for (const letter of letters) letter.resolve();
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
