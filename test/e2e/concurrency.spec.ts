import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const TEXT = "version: '2.0'\nrace: {tasks: {t: {action: std.noop}}}\n";

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

/** How often each status was answered when the same request is sent many times at once. */
async function statuses(send: () => Promise<{ readonly status: number }>): Promise<Readonly<Record<number, number>>> {
  const counts: Record<number, number> = {};
  for (const { status } of await Promise.all(Array.from({ length: 20 }, send)))
    counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

it('lets one of many clients create, and one delete', async () => {
  expect(await statuses(() => api.upload('/v2/workflows', TEXT))).toEqual({ 201: 1, 409: 19 });
  expect(await statuses(() => api.delete('/v2/workflows/race'))).toEqual({ 204: 1, 404: 19 });
  expect(await statuses(() => api.post('/v2/environments', { name: 'race' }))).toEqual({ 201: 1, 409: 19 });
  expect(await statuses(() => api.delete('/v2/environments/race'))).toEqual({ 204: 1, 404: 19 });
});

it('starts one execution for many clients that send the same id', async () => {
  await api.upload('/v2/workflows', TEXT);
  const send = () => api.post('/v2/executions', { id: 'same', workflow_name: 'race' });
  expect(await statuses(send)).toEqual({ 201: 20 });
  expect((await api.get('/v2/executions')).body['executions']).toHaveLength(1);
});
