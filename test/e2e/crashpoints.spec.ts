import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { LOST, SHAPES } from './crash-shapes.js';
import { CrashTrial } from './crash-trial.js';

/** One run: the service dies exactly there, and once more where several points are named; then all ends well. */
interface Case {
  readonly points: readonly string[];
  readonly shape: string;
  /** Values that only an action could have given whose executor died, and that may not run again. */
  readonly lost?: readonly string[];
  /** Starts of actions, all runs together. */
  readonly starts: number;
}

const CASES: readonly Case[] = [
  // The start is not stored: the client's next try stores it.
  { points: ['commit.before:1'], shape: 'chain', starts: 3 },
  // The start is stored, the client doesn't know: its next try finds it.
  { points: ['commit.after:1'], shape: 'chain', starts: 3 },
  // Claimed, but not started: nobody can tell, so it counts as started.
  { points: ['action.claimed:1'], shape: 'chain', lost: ['a'], starts: 2 },
  { points: ['action.ran:2'], shape: 'chain', lost: ['b'], starts: 3 },
  // The result is reported, but not stored; then stored, but nothing that follows has begun.
  { points: ['commit.before:3'], shape: 'chain', lost: ['b'], starts: 3 },
  { points: ['commit.after:3'], shape: 'chain', starts: 3 },
  { points: ['action.claimed:1'], shape: 'items', starts: 6 },
  { points: ['action.ran:1'], shape: 'items', starts: 8 },
  // A lost attempt is tried again as a failed one.
  { points: ['action.ran:3'], shape: 'retry', starts: 4 },
  { points: ['timers.taken:1'], shape: 'waits', starts: 0 },
  { points: ['commit.before:3', 'timers.taken:1'], shape: 'waits', starts: 0 },
  { points: ['timers.taken:1'], shape: 'timeout', starts: 1 },
  // A sub-workflow has told its end, and its parent has not heard of it.
  { points: ['commit.after:2', 'relay.found:1'], shape: 'sub', starts: 4 },
  { points: ['commit.before:3'], shape: 'sub', starts: 4 },
  { points: ['commit.after:1'], shape: 'pure', starts: 0 },
  { points: ['commit.before:2'], shape: 'outside', starts: 0 },
  // Noticed as lost, but not decided on.
  { points: ['action.ran:1', 'leases.taken:1'], shape: 'items_once', lost: ['list'], starts: 3 },
];

let trial: CrashTrial;

beforeAll(async () => {
  trial = await CrashTrial.begin();
});

afterAll(() => trial.end());

it.each(CASES)('$shape survives $points', async ({ points, shape: name, lost = [], starts }) => {
  const { service } = trial;
  const shape = SHAPES.find((one) => one.name === name);
  if (shape === undefined) throw new Error(`no shape ${name}`);
  const [id, n] = [randomUUID(), Math.floor(Math.random() * 1e6)];
  const startsBefore = (await trial.probe.starts()).length;
  let starting: Promise<void> | undefined;

  for (const point of points) {
    await service.kill();
    service.spawn({ CRASHPOINT: point });
    await service.readyOrEnded();
    starting ??= trial.startExecution(shape, n, id);
    starting.catch(() => undefined);
    await trial.completeWhile(() => !service.hasEnded);
    expect(await trial.withoutWakeup()).toEqual([]);
  }
  await service.start();
  await starting;
  await trial.settled(20_000);

  const output = await trial.outputOf(id);
  const missing = Object.keys(output).filter((key) => output[key] === LOST);
  expect(missing).toEqual(lost);
  expect(await trial.wrongOutcomes()).toEqual([]);
  expect((await trial.probe.starts()).length - startsBefore).toBe(starts);
  expect(await trial.startedTwice()).toEqual([]);
  expect(await trial.withoutWakeup()).toEqual([]);
  expect(await trial.leftovers()).toEqual([]);
  expect(trial.complaints).toEqual([]);
});
