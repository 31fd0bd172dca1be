import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { until } from '../support/until.js';
import { ApiUnderTest } from './api-under-test.js';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

const WORKFLOWS = `version: '2.0'
chain:
  tasks:
    a: {action: std.noop, on-success: [b]}
    b: {workflow: child, on-success: [c]}
    c: {action: std.sleep seconds=0}
child:
  tasks:
    t: {action: std.noop}
`;

let api: ApiUnderTest;
let server: Server;
let received: Received[];
/** Statuses to answer the first notifications of `chain` with, then 200. */
let answers: number[];

beforeAll(async () => {
  server = createServer((request, response) => {
    void json(request).then((body) => {
      received.push({ path: request.url ?? '', headers: request.headers, body: body as Received['body'] });
      const isFirst = request.url === '/own' && (body as Received['body'])['workflow_name'] === 'chain';
      response.writeHead((isFirst ? answers.shift() : undefined) ?? 200, { location: '/elsewhere' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const env = { HTTP_DENIED_CIDRS: 'none', NOTIFY: JSON.stringify([{ type: 'webhook', url: urlOf('/configured') }]) };
  api = await ApiUnderTest.start(env);
  await api.upload('/v2/workflows', WORKFLOWS);
});

beforeEach(() => {
  received = [];
  answers = [];
});

afterAll(async () => {
  await api.stop();
  server.close();
});

function urlOf(path: string): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
}

async function start(notify: readonly object[]): Promise<void> {
  const { status } = await api.post('/v2/executions', { workflow_name: 'chain', params: { notify } });
  expect(status).toBe(201);
}

function eventsAt(path: string, name?: string): readonly unknown[] {
  const of = received.filter((one) => one.path === path && (name === undefined || one.body['workflow_name'] === name));
  return of.map(({ body }) => `${String(body['name'])} ${String(body['event'])}`);
}

it('sends every event to those of the execution and those of the settings, in order per execution', async () => {
  await start([{ type: 'webhook', url: urlOf('/own'), headers: { 'X-Token': 'secret' } }]);
  await until(() => ['/own', '/configured'].every((path) => eventsAt(path).includes('chain WORKFLOW_SUCCEEDED')));

  for (const path of ['/own', '/configured']) {
    expect(eventsAt(path, 'chain')).toEqual([
      'chain WORKFLOW_LAUNCHED',
      'a TASK_LAUNCHED',
      'a TASK_SUCCEEDED',
      'b TASK_LAUNCHED',
      'b TASK_SUCCEEDED',
      'c TASK_LAUNCHED',
      'c TASK_SUCCEEDED',
      'chain WORKFLOW_SUCCEEDED',
    ]);
    expect(eventsAt(path, 'child')).toHaveLength(4);
  }
  const [first] = received.filter(({ path }) => path === '/own');
  expect(first?.headers).toMatchObject({ 'x-token': 'secret', 'content-type': 'application/json' });
});

it('sends again what did not arrive, with the same key and before all later ones', async () => {
  answers = [500, 302];
  await start([{ type: 'webhook', url: urlOf('/own'), event_types: ['TASK_LAUNCHED', 'WORKFLOW_SUCCEEDED'] }]);
  await until(() => eventsAt('/own').includes('chain WORKFLOW_SUCCEEDED'));

  const own = received.filter(({ path, body }) => path === '/own' && body['workflow_name'] === 'chain');
  const [attempt, second, third, next] = own;
  expect(new Set([attempt, second, third].map((one) => one?.headers['idempotency-key'])).size).toBe(1);
  expect(next?.headers['idempotency-key']).not.toBe(third?.headers['idempotency-key']);
  expect(eventsAt('/elsewhere')).toEqual([]);
});
