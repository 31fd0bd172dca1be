import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

const REQUESTS = [
  ['GET', ''],
  ['POST', ''],
  ['GET', '/other'],
  ['PUT', '/other'],
  ['DELETE', '/other'],
] as const;

it.each(REQUESTS)('%s …/members%s needs authentication', async (method, path) => {
  const { body } = await api.upload(
    '/v2/workflows',
    `version: '2.0'\nwf${method}${path.length}: {tasks: {t: {action: std.noop}}}\n`,
  );
  const json = method === 'POST' ? { member_id: 'other' } : method === 'PUT' ? { status: 'accepted' } : undefined;
  const answer = await api.call(method, `/v2/workflows/${body['workflows']?.[0]?.['id'] ?? ''}/members${path}`, {
    json,
  });
  expect([answer.status, answer.body['faultstring']]).toEqual([
    400,
    'Resource sharing feature can only be supported with authentication enabled.',
  ]);
});

it.each(REQUESTS)('%s …/members%s takes the identifier of a workflow, not its name', async (method, path) => {
  const json = method === 'POST' || method === 'PUT' ? {} : undefined;
  const answer = await api.call(method, `/v2/workflows/by-name/members${path}`, { json });
  expect([answer.status, answer.body['faultstring']]).toEqual([
    400,
    'Only support UUID as resource identifier in resource sharing feature.',
  ]);
});

it('has no members of workbooks', async () => {
  expect((await api.get('/v2/workbooks/book/members')).status).toBe(404);
});
