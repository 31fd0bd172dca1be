import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
one:
  tasks: {t: {action: std.noop}}
two:
  tasks: {t: {action: std.noop}}
three:
  tasks: {t: {action: std.noop}}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

async function totalOf(path: string, headers?: Readonly<Record<string, string>>): Promise<unknown> {
  return (await api.get(path, headers)).headers['x-total-count'];
}

it('counts what is on all pages, by the filters', async () => {
  const second = (await api.get('/v2/workflows?limit=1')).body['next'] ?? '';
  const { pathname, search } = new URL(second);

  expect(await totalOf('/v2/workflows?limit=1&count=true')).toBe('3');
  expect(await totalOf(`${pathname}${search}&count=true`)).toBe('3');
  expect(await totalOf('/v2/workflows?name=in:one,two&count=true')).toBe('2');
  expect(await totalOf('/v2/workflows?limit=1', { prefer: 'count=exact' })).toBe('3');
});

it('counts actions of plugins and the history of an execution too', async () => {
  const id = (await api.post('/v2/executions?wait=30', { workflow_name: 'one' })).body['id'] ?? '';
  const all = (await api.get(`/v2/executions/${id}/history`)).body['history'] ?? [];

  expect(await totalOf('/v2/actions?name=std.noop&limit=1&count=true')).toBe('1');
  expect(await totalOf(`/v2/executions/${id}/history?limit=1&count=true`)).toBe(String(all.length));
  expect(await totalOf(`/v2/executions/${id}/tasks?count=true`)).toBe('1');
});

it('counts only when asked', async () => {
  expect(await totalOf('/v2/workflows')).toBeUndefined();
  expect(await totalOf('/v2/workflows?count=false', { prefer: 'count=exact' })).toBeUndefined();
  expect((await api.get('/v2/workflows?count=maybe')).status).toBe(400);
});
