import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { EndWatch } from '../../src/engine/end-watch.js';
import { until } from '../support/until.js';
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
let address: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ MAX_WAITING_REQUESTS: '2' });
  await api.app.listen(0, '127.0.0.1');
  address = await api.app.getUrl();
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

it('forgets a request whose client has gone', async () => {
  const client = new AbortController();
  const waited = fetch(`${address}/v2/executions?wait=300`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workflow_name: 'endless' }),
    signal: client.signal,
  });
  await until(() => api.app.get(EndWatch).size === 1);
  client.abort();

  await expect(waited).rejects.toThrow('aborted');
  await until(() => api.app.get(EndWatch).size === 0);
});

it('holds no more requests than it may, and starts nothing for the others', async () => {
  const started = async () => (await api.get('/v2/executions?count=true&fields=id')).headers['x-total-count'];
  const held = ['a', 'b'].map((id) =>
    api.post('/v2/executions?wait=300', { id: `held-${id}`, workflow_name: 'endless' }),
  );
  await until(() => api.app.get(EndWatch).size === 2);
  const before = await started();
  const refused = await api.post('/v2/executions?wait=1', { workflow_name: 'endless' });

  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  expect(refused.body['faultstring']).toMatch(/^2 requests wait already/);
  expect(await started()).toBe(before);
  for (const id of ['a', 'b']) await api.put(`/v2/executions/held-${id}`, { state: 'CANCELLED' });
  expect((await Promise.all(held)).map(({ body }) => body['state'])).toEqual(['CANCELLED', 'CANCELLED']);
});

it('answers when another node has ended the execution', async () => {
  const waited = api.post('/v2/executions?wait=300', { id: 'elsewhere', workflow_name: 'endless' });
  await until(() => api.app.get(EndWatch).size === 1);
  await api.app.get(DataSource).query(`UPDATE workflow_executions SET state = 'ERROR' WHERE id = 'elsewhere'`);

  expect((await waited).body).toMatchObject({ state: 'ERROR' });
});
