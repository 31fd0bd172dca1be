import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Killer, killerPack } from '../support/killer-pack.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { Service } from '../support/service.js';
import { until } from '../support/until.js';

const WORKFLOWS = `version: '2.0'
killing:
  tasks:
    wait: {action: std.async_noop, on-success: kill}
    kill: {action: killer.decide}
harmless:
  tasks:
    only: {action: std.noop}
`;

let database: TestDatabase;
let killer: Killer;
let service: Service;

beforeAll(async () => {
  [database, killer] = await Promise.all([testDatabase(), killerPack()]);
  service = await Service.at({ DATABASE_URL: database.url, ...killer.env });
});

afterAll(async () => {
  await service.kill();
  await Promise.all([database.drop(), killer.remove()]);
});

async function execution(id: string): Promise<Readonly<Record<string, string>>> {
  return (await service.call('GET', `/v2/executions/${id}`)).body as Readonly<Record<string, string>>;
}

async function start(name: string): Promise<string> {
  const { body } = await service.callSurely('POST', '/v2/executions', { workflow_name: name });
  return (body as { readonly id: string }).id;
}

it('sets an execution aside that has killed two processes, until somebody resumes it', async () => {
  await service.start();
  await service.call('POST', '/v2/workflows', WORKFLOWS);
  const id = await start('killing');
  const { body } = await service.call('GET', `/v2/action_executions?workflow_name=killing`);
  const [action] = (body as { readonly action_executions: readonly { readonly id: string }[] }).action_executions;
  const done = { state: 'SUCCESS', output: {} };
  for (let death = 1; death <= 2; death += 1) {
    await service.call('PUT', `/v2/action_executions/${action?.id ?? ''}`, done).catch(() => undefined);
    await until(() => service.hasEnded, 30_000);
    await service.start();
  }

  await until(async () => (await execution(id))['state'] === 'PAUSED', 30_000);
  const again = await service.call('PUT', `/v2/action_executions/${action?.id ?? ''}`, done);
  const harmless = await start('harmless');
  await until(async () => (await execution(harmless))['state'] === 'SUCCESS');

  expect(again.status).toBe(409);
  expect(await execution(id)).toMatchObject({
    state: 'PAUSED',
    state_info: expect.stringContaining('Set aside: 2 processes died while they decided on this execution.'),
  });
  const listed = await service.call('GET', '/v2/executions?state=PAUSED');
  expect(JSON.stringify(listed.body)).toContain(id);

  await killer.disarm();
  expect((await service.call('PUT', `/v2/executions/${id}`, { state: 'RUNNING' })).status).toBe(200);
  await service.call('PUT', `/v2/action_executions/${action?.id ?? ''}`, done);
  await until(async () => (await execution(id))['state'] === 'SUCCESS');
}, 120_000);
