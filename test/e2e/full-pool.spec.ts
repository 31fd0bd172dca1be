import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { until } from '../support/until.js';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
call:
  input: [url]
  tasks:
    call: {action: std.http url=<% $.url %>}
`;

let api: ApiUnderTest;
const asked: (() => void)[] = [];
const slow = createServer((_, answer) => asked.push(() => answer.end('{}')));

beforeAll(async () => {
  api = await ApiUnderTest.start({ LEASE_SECONDS: '1', HTTP_DENIED_CIDRS: 'none' });
  await api.upload('/v2/workflows', WORKFLOWS);
  await once(slow.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  slow.close();
  await api.stop();
});

it('actions are claimed and the lease of the node is renewed while all other connections are taken', async () => {
  const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
  const { body } = await api.post('/v2/executions', { workflow_name: 'call', input: { url } });
  const id = body['id'] ?? '';
  await until(() => asked.length === 1);

  const source = api.app.get(DataSource);
  const runners = Array.from({ length: 4 }, () => source.createQueryRunner());
  await Promise.all(runners.map((runner) => runner.connect()));
  const outside = await new DataSource({ ...source.options }).initialize();
  const leases = async () => outside.query<{ ends: Date }[]>('SELECT lease_until AS ends FROM executor_nodes');
  const [first] = await leases();
  const later = (first?.ends.getTime() ?? 0) + 3_000;
  await until(async () => ((await leases())[0]?.ends.getTime() ?? 0) > later);
  await outside.destroy();
  await Promise.all(runners.map((runner) => runner.release()));
  for (const answer of asked) {
    answer();
  }

  expect((await api.get(`/v2/executions/${id}?wait=30`)).body['state'] ?? '').not.toBe('ERROR');
  await until(async () => (await api.get(`/v2/executions/${id}`)).body['state'] === 'SUCCESS');
});
