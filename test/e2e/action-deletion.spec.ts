import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOW = `version: '2.0'\none:\n  tasks:\n    t: {action: std.noop}\n`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start({ ALLOW_ACTION_EXECUTION_DELETION: 'true' });
  await api.upload('/v2/workflows', WORKFLOW);
});
afterAll(() => api.stop());

async function started(name: string): Promise<string> {
  return (await api.post('/v2/action_executions', { name, params: { save_result: true } })).body['id'] ?? '';
}

it('deletes an action execution of its own once it has ended', async () => {
  const path = `/v2/action_executions/${await started('std.async_noop')}`;
  const early = await api.delete(path);
  expect([early.status, early.body['faultstring']]).toEqual([403, 'Only completed action execution can be deleted.']);

  await api.put(path, { state: 'SUCCESS' });
  expect((await api.delete(path)).status).toBe(204);

  expect((await api.get(path)).status).toBe(404);
  expect((await api.delete(path)).status).toBe(404);
});

it('keeps those of tasks', async () => {
  await api.post('/v2/executions?wait=30', { workflow_name: 'one' });
  const [action] = (await api.get('/v2/action_executions?workflow_name=one')).body['action_executions'] ?? [];
  const path = `/v2/action_executions/${action?.['id'] ?? ''}`;

  const { status, body } = await api.delete(path);

  expect([status, body['faultstring']]).toEqual([403, 'Only ad-hoc action execution can be deleted.']);
  expect((await api.get(path)).status).toBe(200);
});
