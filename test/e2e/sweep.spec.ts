import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { SHAPES } from './crash-shapes.js';
import { CrashTrial } from './crash-trial.js';

let trial: CrashTrial;

beforeAll(async () => {
  trial = await CrashTrial.begin();
});

afterAll(() => trial.end());

async function start(name: string): Promise<string> {
  const shape = SHAPES.find((one) => one.name === name);
  if (shape === undefined) throw new Error(`no shape ${name}`);
  const id = randomUUID();
  await trial.startExecution(shape, 5, id);
  return id;
}

it('finishes executions that have lost their timers, their queued actions and what a sub-workflow told', async () => {
  const { service } = trial;
  await service.kill();
  // Nobody runs actions or fires timers; the fourth commit, the end of the sub-workflow, is the last.
  await service.start({ ROLES: 'api,engine', CRASHPOINT: 'commit.after:4' });
  await start('chain');
  await start('waits');
  await start('sub');
  const [leaf] = await trial.rows<{ id: string }>(`SELECT id FROM action_executions WHERE workflow_name = 'sub_leaf'`);
  const report = { state: 'SUCCESS', output: { result: 5 } };
  await service.call('PUT', `/v2/action_executions/${leaf?.id ?? ''}`, report).catch(() => undefined);
  await trial.completeWhile(() => !service.hasEnded);
  await trial.rows('DELETE FROM outbox');
  await trial.rows('DELETE FROM timers');
  const stuck = await trial.rows<{ why: string }>('SELECT why FROM rows_without_wakeup ORDER BY why');
  expect(stuck.map(({ why }) => why)).toEqual([
    'neither a run row in the outbox nor a lease',
    'no action or sub-workflow under way',
    'no timer',
  ]);

  await service.start();
  await trial.settled();

  const states = await trial.rows('SELECT DISTINCT state FROM workflow_executions');
  expect(states).toEqual([{ state: 'SUCCESS' }]);
  expect(await trial.startedTwice()).toEqual([]);
  expect(await trial.leftovers()).toEqual([]);
  expect(trial.complaints).toHaveLength(3);
  for (const line of trial.complaints) expect(line).toContain('a row had no wake-up; the sweep gives it one');
});
