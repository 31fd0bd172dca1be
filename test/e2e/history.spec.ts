import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
held:
  tasks:
    outside: {action: std.async_noop}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

it('lists what an execution was told, page by page', async () => {
  const id = (await api.post('/v2/executions', { workflow_name: 'held' })).body['id'] ?? '';
  for (const state of ['PAUSED', 'RUNNING', 'CANCELLED']) await api.put(`/v2/executions/${id}`, { state });

  const all = (await api.get(`/v2/executions/${id}/history`)).body['history'] ?? [];
  const first = await api.get(`/v2/executions/${id}/history?limit=1`);
  const second = await api.get(new URL(first.body['next'] ?? '').pathname + new URL(first.body['next'] ?? '').search);

  expect(all.map((entry) => entry['version'])).toEqual(all.map((_, index) => index + 1));
  expect(all.flatMap((entry) => entry['events'] ?? []).map((event) => event['kind'])).toEqual([
    'pause',
    'resume',
    'stop',
  ]);
  expect(all[0]?.['at']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  expect(first.body['history']).toEqual(all.slice(0, 1));
  expect(second.body['history']).toEqual(all.slice(1, 2));
});

it('refuses what it does not know', async () => {
  const id = (await api.post('/v2/executions', { workflow_name: 'held' })).body['id'] ?? '';

  for (const query of ['limit=0', 'marker=x', 'nope=1']) {
    expect((await api.get(`/v2/executions/${id}/history?${query}`)).status).toBe(400);
  }
  expect((await api.get('/v2/executions/00000000-0000-4000-8000-000000000000/history')).status).toBe(404);
});
