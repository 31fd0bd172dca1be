import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { until } from '../support/until.js';
import { ApiUnderTest, type Body } from './api-under-test.js';

const TARGET = `version: '2.0'
target:
  input: [vm]
  output: {got: <% $.vm %>, env: <% env() %>}
  tasks: {t: {action: std.noop}}
broken:
  tasks: {t: {action: std.noop}}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', TARGET);
});
afterAll(() => api.stop());

async function create(name: string, changes: object = {}): Promise<string> {
  const json = { name, workflow_name: 'target', workflow_input: { vm: name }, pattern: '0 0 1 1 *', ...changes };
  const { status, body } = await api.post('/v2/cron_triggers', json);
  if (status !== 201) throw new Error(body['faultstring']);
  return body['id'] ?? '';
}

/** As if its time had come so many seconds ago. */
async function makeDue(name: string, secondsAgo = 0): Promise<void> {
  const sql = `UPDATE cron_triggers SET next_execution_time = clock_timestamp() - $2 * interval '1 second' WHERE name = $1`;
  await api.app.get(DataSource).query(sql, [name, secondsAgo]);
}

async function startedBy(id: string): Promise<readonly Body[]> {
  const { body } = await api.get(`/v2/executions?include_output=true&description=has:${id}`);
  return body['executions'] ?? [];
}

async function remainingOf(name: string): Promise<unknown> {
  const { status, body } = await api.get(`/v2/cron_triggers/${name}`);
  return status === 200 ? body['remaining_executions'] : status;
}

it('starts at each tick of seconds, and is gone after the last', async () => {
  const id = await create('seconds', { pattern: '* * * * * *', remaining_executions: 2 });
  await until(async () => (await startedBy(id)).length === 2);

  expect(await remainingOf('seconds')).toBe(404);
  await delay(1_500);
  expect(await startedBy(id)).toHaveLength(2);
});

it('starts once for all the ticks that were missed, with input, parameters and description', async () => {
  await api.post('/v2/environments', { name: 'prod', variables: { region: 'north' } });
  const id = await create('missed', {
    pattern: '*/1 * * * *',
    workflow_params: { env: 'prod' },
    remaining_executions: 5,
  });
  await makeDue('missed', 3_600);
  const [execution] = await until(async () => {
    const list = await startedBy(id);
    return list[0]?.['state'] === 'SUCCESS' && list;
  });

  expect(execution).toMatchObject({
    workflow_name: 'target',
    description: `{"description": "Workflow execution created by cron trigger '(${id})'.", "triggered_by": {"type": "cron_trigger", "id": "${id}"}}`,
    input: '{"vm": "missed"}',
    output: '{"got": "missed", "env": {"region": "north"}}',
    project_id: '<default-project>',
  });
  const { body } = await api.get('/v2/cron_triggers/missed');
  expect(body['remaining_executions']).toBe(4);
  expect(Date.parse(`${(body['next_execution_time'] ?? '').replace(' ', 'T')}Z`)).toBeGreaterThan(Date.now() - 1_000);
  expect(await startedBy(id)).toHaveLength(1);
});

it('with only a first time runs then, and is gone', async () => {
  const first = new Date(Date.now() + 120_000).toISOString().slice(0, 16).replace('T', ' ');
  const id = await create('once', { pattern: null, first_execution_time: first });
  await makeDue('once');
  await until(async () => (await startedBy(id)).length === 1);
  expect(await remainingOf('once')).toBe(404);
});

it('moves on when its workflow does not take the input any more', async () => {
  const id = await create('unlucky', { workflow_name: 'broken', workflow_input: {}, remaining_executions: 3 });
  await api.upload(
    '/v2/workflows/broken',
    "version: '2.0'\nbroken: {input: [must], tasks: {t: {action: std.noop}}}\n",
    'PUT',
  );
  await makeDue('unlucky');
  await until(async () => (await remainingOf('unlucky')) === 2);
  expect(await startedBy(id)).toEqual([]);
});

it('does not wait for a start that turns out to be impossible', async () => {
  const params = { env: { bad: '<% nothing() %>' } };
  const id = await create('impossible', { workflow_params: params, remaining_executions: 3 });
  await makeDue('impossible');
  await until(async () => (await remainingOf('impossible')) === 2);
  await until(async () => {
    const rows: unknown[] = await api.app.get(DataSource).query('SELECT FROM outbox');
    return rows.length === 0;
  });
  expect(await startedBy(id)).toEqual([]);
});
