import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { type Clock, CorrectedClock, silentLogger, SystemClock } from '../config/index.js';
import { Database, DatabaseClock } from './index.js';

const MINUTE = 60_000_000;
const SECOND = 1_000_000;

let testing: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
});
afterAll(async () => {
  await source.destroy();
  await testing.drop();
});

/** The clock of a machine that is wrong by so many microseconds. */
function wrongBy(micros: number): Clock {
  const right = new SystemClock();
  return { now: () => right.now() + micros };
}

it.each([
  ['fast', 5 * MINUTE],
  ['slow', -5 * MINUTE],
])('a machine whose clock is %s follows the database', async (_, micros) => {
  const clock = new CorrectedClock(wrongBy(micros));
  const keeper = new DatabaseClock(new Database(source), clock, silentLogger);

  await keeper.start();
  keeper.stop();
  expect(Math.abs(clock.now() - Date.now() * 1000)).toBeLessThan(SECOND);
});

it('leaves a clock alone that is right', async () => {
  const own = new SystemClock();
  const clock = new CorrectedClock(own);

  await new DatabaseClock(new Database(source), clock, silentLogger).compare();
  expect(Math.abs(clock.now() - own.now())).toBeLessThan(5_000);
});
