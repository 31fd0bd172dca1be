import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
flood:
  input: [url]
  tasks:
    call: {action: std.http url=<% $.url %>, with-items: i in <% range(100) %>}
compute:
  output: {r: <% $.r %>}
  tasks:
    js: {action: std.js, input: {script: return 6 * 7}, publish: {r: <% task().result %>}}
`;

let api: ApiUnderTest;
let silent: Server;
let calls = 0;

beforeAll(async () => {
  api = await ApiUnderTest.start({ EXECUTOR_CONCURRENCY: '16', HTTP_DENIED_CIDRS: 'none' });
  await api.upload('/v2/workflows', WORKFLOWS);
  silent = createServer(() => calls++);
  await once(silent.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await api.stop();
});

it('a hundred long actions of one workflow leave places to others, which start at once', async () => {
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const flood = (await api.post('/v2/executions', { workflow_name: 'flood', input: { url } })).body['id'] ?? '';
  await until(() => calls === 12);

  const { body } = await api.post('/v2/executions?wait=30', { workflow_name: 'compute' });

  expect(body).toMatchObject({ state: 'SUCCESS', output: '{"r": 42}' });
  expect(calls).toBe(12);
  await api.put(`/v2/executions/${flood}`, { state: 'CANCELLED' });
});
