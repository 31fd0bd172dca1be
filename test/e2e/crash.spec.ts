import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { SHAPES } from './crash-shapes.js';
import { CrashTrial } from './crash-trial.js';

const KILLS = 20;
const EXECUTIONS = 50;
/** `CRASH_SEED=123` repeats the moments of a run, as far as the machine allows. */
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

let trial: CrashTrial;
const random = numbersFrom(SEED);

beforeAll(async () => {
  process.stdout.write(`crash.spec: CRASH_SEED=${SEED}\n`);
  trial = await CrashTrial.begin();
});

afterAll(() => trial.end());

it(`ends every accepted execution rightly, although the service is killed ${KILLS} times (seed ${SEED})`, async () => {
  const { service } = trial;
  const starting: Promise<void>[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    while (starting.length < (EXECUTIONS * kill) / KILLS) starting.push(startNext(starting.length));
    void trial.completeAsyncActions().catch(() => undefined);
    await delay(random() * 700);
    await service.kill();
    expect(await trial.withoutWakeup()).toEqual([]);
    service.spawn();
    // One in five kills hits a service that is still starting.
    if (random() < 0.2) await delay(random() * 1_500);
    else await service.ready();
  }
  await service.ready();
  await Promise.all(starting);
  await trial.settled();
  process.stdout.write(`crash.spec: ${await trial.statistics()}\n`);

  expect(trial.accepted).toHaveLength(EXECUTIONS);
  expect(await trial.wrongOutcomes()).toEqual([]);
  expect(await trial.startedTwice()).toEqual([]);
  expect(await trial.withoutWakeup()).toEqual([]);
  expect(await trial.leftovers()).toEqual([]);
  expect(trial.complaints).toEqual([]);
}, 180_000);

function startNext(count: number): Promise<void> {
  const shape = SHAPES[count % SHAPES.length];
  if (shape === undefined) throw new Error('no shapes');
  const starting = trial.startExecution(shape, count, randomUUID());
  // Awaited at the end; until then nobody listens.
  starting.catch(() => undefined);
  return starting;
}

/** Numbers in [0, 1) that follow from the seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
