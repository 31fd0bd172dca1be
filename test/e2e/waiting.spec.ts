import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
quick:
  input: [n]
  output: {double: <% $.n * 2 %>}
  tasks:
    nap: {action: std.sleep seconds=0.2}
endless:
  tasks:
    outside: {action: std.async_noop}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

it('answers a start with the real state and output when the run has ended', async () => {
  const { status, body } = await api.post('/v2/executions?wait=30', { workflow_name: 'quick', input: { n: 21 } });

  expect(status).toBe(201);
  expect(body).toMatchObject({ state: 'SUCCESS', output: '{"double": 42}' });
});

it('answers a start as accepted without wait, and as it is after the time', async () => {
  const before = Date.now();
  const waited = await api.post('/v2/executions?wait=1', { workflow_name: 'endless' });
  const seconds = (Date.now() - before) / 1000;

  expect(waited.body).toMatchObject({ state: 'RUNNING' });
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThan(5);
  expect((await api.post('/v2/executions', { workflow_name: 'endless' })).body).toMatchObject({ state: 'RUNNING' });
});

it('starts nothing when the time is out of range', async () => {
  for (const wait of ['301', '-1', 'long']) {
    expect((await api.post(`/v2/executions?wait=${wait}`, { workflow_name: 'quick', input: { n: 1 } })).status).toBe(
      400,
    );
  }
});
