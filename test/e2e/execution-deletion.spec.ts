import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { until } from '../support/until.js';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
parent:
  tasks:
    sub: {workflow: waits, on-error: noticed}
    noticed: {action: std.noop}
items:
  tasks:
    subs: {with-items: "i in <% [1, 2] %>", workflow: waits}
waits:
  tasks:
    outside: {action: std.async_noop}
wide:
  tasks:
    all: {with-items: i in <% range(300) %>, workflow: waits}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

async function rows<Row>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  return await api.app.get(DataSource).query<Row[]>(sql, [...values]);
}

async function start(name: string): Promise<string> {
  return (await api.post('/v2/executions', { workflow_name: name })).body['id'] ?? '';
}

async function below(id: string): Promise<readonly string[]> {
  const found = await rows<{ id: string }>(
    'SELECT id FROM workflow_executions WHERE parent_execution_id = $1 ORDER BY created_at',
    [id],
  );
  return found.map((row) => row.id);
}

async function isGone(table: string): Promise<boolean> {
  return (await rows(`SELECT FROM ${table} LIMIT 1`)).length === 0;
}

it('a running sub-workflow that is deleted fails its task, and is not started again', async () => {
  const id = await start('parent');
  const [sub] = await until(async () => ((await below(id)).length === 1 ? below(id) : false));

  expect((await api.delete(`/v2/executions/${sub}?force=true`)).status).toBe(204);

  await until(async () => (await api.get(`/v2/executions/${id}`)).body['state'] === 'SUCCESS');
  const [task] = await rows(`SELECT state, state_info FROM task_executions WHERE name = 'sub' AND execution_id = $1`, [
    id,
  ]);
  expect(task).toEqual({ state: 'ERROR', state_info: 'sub-workflow execution was deleted' });
  expect(await below(id)).toEqual([]);
});

it('an item whose sub-workflow was deleted counts as failed for good', async () => {
  const id = await start('items');
  const [first, second] = await until(async () => ((await below(id)).length === 2 ? below(id) : false));
  await api.delete(`/v2/executions/${first}?force=true`);
  await until(() => isGone(`outbox WHERE execution_id = '${id}'`));
  // Whoever reads the rows again finds the deleted one among them.
  await rows('UPDATE workflow_executions SET version = version + 1 WHERE id = $1', [id]);
  await rows('UPDATE task_executions SET flow_version = flow_version + 1 WHERE execution_id = $1', [id]);

  const [action] = await rows<{ id: string }>('SELECT id FROM action_executions WHERE execution_id = $1', [second]);
  await api.put(`/v2/action_executions/${action?.id ?? ''}`, { state: 'SUCCESS' });

  await until(async () => (await api.get(`/v2/executions/${id}`)).body['state'] === 'ERROR');
  expect(await below(id)).toEqual([second]);
});

it('a large tree is gone at once for everybody, and then bit by bit', async () => {
  const id = await start('wide');
  await until(async () => (await below(id)).length === 300);

  expect((await api.delete(`/v2/executions/${id}?force=true`)).status).toBe(204);

  expect((await api.get(`/v2/executions/${id}`)).status).toBe(404);
  expect((await api.delete(`/v2/executions/${id}?force=true`)).status).toBe(404);
  expect((await api.get(`/v2/executions?root_execution_id=${id}`)).body['executions']).toEqual([]);
  expect((await api.get(`/v2/tasks?workflow_execution_id=${id}`)).body['tasks']).toEqual([]);
  await until(() => isGone(`workflow_executions WHERE id = '${id}' OR root_execution_id = '${id}'`), 30_000);
  await until(() => isGone('deletions'));
});
