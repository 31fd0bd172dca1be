import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../support/until.js';
import { CrashTrial } from './crash-trial.js';

let trial: CrashTrial;

beforeAll(async () => {
  trial = await CrashTrial.begin();
});
afterAll(() => trial.end());

/** A trigger whose next time after this one is far away. */
async function createDue(count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, () => randomUUID());
  for (const name of names) {
    const request = { name, workflow_name: 'pure', workflow_input: { n: 1 }, pattern: '0 0 1 1 *' };
    const { status, body } = await trial.service.call('POST', '/v2/cron_triggers', request);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
  const sql = 'UPDATE cron_triggers SET next_execution_time = clock_timestamp() WHERE name = ANY($1) RETURNING id';
  return (await trial.rows<{ id: string }>(sql, [names])).map(({ id }) => id);
}

/** How many executions a trigger has started. */
async function startsOf(id: string): Promise<number> {
  const sql = 'SELECT state FROM workflow_executions WHERE position($1 in description) > 0';
  return (await trial.rows(sql, [id])).length;
}

it.each([
  // The transaction is not committed: the tick is still to come.
  'cron.taken:1',
  // The trigger has moved on and nobody has heard of the start.
  'starts.accepted:1',
])('a tick starts its workflow once, though the service dies at %s', async (point) => {
  await trial.service.kill();
  await trial.service.start({ CRASHPOINT: point });
  const [id = ''] = await createDue(1);
  await until(() => trial.service.hasEnded);
  expect(await startsOf(id)).toBe(0);

  await trial.service.start();
  await until(async () => (await startsOf(id)) === 1);
  await delay(2_500);

  expect(await startsOf(id)).toBe(1);
  expect(await trial.withoutWakeup()).toEqual([]);
});

it('a tick starts its workflow once, though several nodes look after it', async () => {
  const other = await trial.anotherNode({ ROLES: 'engine,scheduler', NODE_NAME: 'other' });
  await other.start();
  const ids = await createDue(40);
  await until(async () => (await Promise.all(ids.map(startsOf))).every((count) => count > 0));
  await delay(2_500);

  expect(await Promise.all(ids.map(startsOf))).toEqual(ids.map(() => 1));
});
