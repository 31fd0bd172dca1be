import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

let api: ApiUnderTest;
let port: number;

beforeAll(async () => {
  api = await ApiUnderTest.start({
    DEFINITION_SIZE_LIMIT_KB: '128',
    REQUEST_SIZE_LIMIT_KB: '16',
    EXECUTION_FIELD_SIZE_LIMIT_KB: '32',
    REQUEST_TIMEOUT_SECONDS: '1',
  });
  await api.app.listen(0, '127.0.0.1');
  port = (api.app.getHttpServer().address() as AddressInfo).port;
});

afterAll(() => api.stop());

function open(head: string, ...lines: readonly string[]): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.write([head, 'Host: localhost', ...lines, '', ''].join('\r\n'));
  return socket;
}

/** What is answered to a request whose body never comes, once the server has closed the connection. */
async function answerTo(head: string, ...lines: readonly string[]): Promise<string> {
  return text(open(head, ...lines));
}

it('answers at once where the length that is announced is over the limit, and closes', async () => {
  const definition = await answerTo('POST /v2/workflows HTTP/1.1', 'Content-Length: 131073');
  const execution = await answerTo('POST /v2/executions HTTP/1.1', 'Content-Length: 98305');
  const member = await answerTo('POST /v2/workflows/x/members HTTP/1.1', 'Content-Length: 16385');

  expect(definition).toMatch(/^HTTP\/1.1 413 [^]*limit for definitions \(setting DEFINITION_SIZE_LIMIT_KB\)/);
  expect(execution).toMatch(/^HTTP\/1.1 413 [^]*larger than 96 KiB[^]*EXECUTION_FIELD_SIZE_LIMIT_KB/);
  expect(member).toMatch(/^HTTP\/1.1 413 [^]*larger than 16 KiB[^]*REQUEST_SIZE_LIMIT_KB/);
});

it.each([
  ['an unknown route', 'POST /v2/nothing HTTP/1.1', 404],
  ['a method that the route lacks', 'PUT /v2/tasks/a/executions HTTP/1.1', 405],
  ['a type that the route does not read', 'POST /v2/executions HTTP/1.1', 415],
])('reads no body for %s', async (_what, head, status) => {
  expect(await answerTo(head, 'Content-Length: 10', 'Content-Type: text/plain')).toMatch(`HTTP/1.1 ${status} `);
});

it('counts a body that announces no length', async () => {
  const socket = open('POST /v2/workflows HTTP/1.1', 'Transfer-Encoding: chunked');
  socket.write(`20001\r\n${'#'.repeat(0x20001)}\r\n`);

  expect(await text(socket)).toMatch(/^HTTP\/1.1 413 /);
});

it('ends a request whose body does not arrive in time', async () => {
  const answer = await answerTo('POST /v2/workflows HTTP/1.1', 'Content-Length: 10');

  expect(answer).toMatch(/^HTTP\/1.1 408 [^]*1 seconds/);
});

it('does not cut what waits for an answer or streams', async () => {
  await api.upload('/v2/workflows', "version: '2.0'\nwf:\n  tasks: {t: {action: std.async_noop}}\n");
  const { body } = await api.post('/v2/executions', { workflow_name: 'wf' });
  const path = `/v2/executions/${String(body['id'])}`;
  const json = JSON.stringify({ workflow_name: 'wf' });
  const type = 'Content-Type: application/json';
  const wait = open('POST /v2/executions?wait=3 HTTP/1.1', type, `Content-Length: ${json.length}`, 'Connection: close');
  wait.write(json);
  const stream = open(`GET ${path}/events HTTP/1.1`, 'Accept: text/event-stream');
  let isStreamOpen = true;
  stream.resume().once('close', () => (isStreamOpen = false));

  expect(await text(wait)).toMatch(/^HTTP\/1.1 201 [^]*RUNNING/);
  expect(isStreamOpen).toBe(true);
  stream.destroy();
  await once(stream, 'close');
});
