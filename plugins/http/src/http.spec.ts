import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer } from 'node:net';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import {
  type ActionContext,
  type ActionDefinition,
  type ActionOutcome,
  pending,
  testAction,
} from '@tramontane/plugin-sdk';
import pack from './index.js';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Answer = (response: ServerResponse, seen: Seen) => void;

const OPEN = { HTTP_DENIED_CIDRS: 'none' };
let server: Server;
let base: string;
let seen: Seen[] = [];
let answer: Answer;

beforeAll(async () => {
  server = await listen((request, response) => {
    void bodyOf(request).then((body) => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      answer(response, one);
    });
  });
  base = urlOf(server);
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  seen = [];
  answer = (response) => response.end('ok');
});

describe('std.http sends', () => {
  it('the method, the query and headers', async () => {
    await http({
      method: 'delete',
      url: `${base}/x?a=1`,
      params: { b: [2, 'c d'], no: null, t: true },
      headers: { 'X-N': 7, Accept: null },
    });

    expect(seen[0]).toMatchObject({ method: 'DELETE', path: '/x?a=1&b=2&b=c+d&t=True', body: '' });
    expect(seen[0]?.headers).toMatchObject({ 'x-n': '7', 'user-agent': 'tramontane' });
    expect(seen[0]?.headers).not.toHaveProperty('accept');
  });

  it.each([
    ['text', { body: 'plain' }, 'plain', undefined],
    ['a dict as JSON', { body: { a: [1] } }, '{"a":[1]}', undefined],
    ['json', { json: { a: 'ä' } }, '{"a":"ä"}', 'application/json'],
    [
      'json with a type of its own',
      { json: [1], headers: { 'content-type': 'application/x' } },
      '[1]',
      'application/x',
    ],
    ['json beside an empty body', { json: 0, body: '' }, '0', 'application/json'],
  ])('a body: %s', async (_, input, body, type) => {
    await http({ method: 'POST', ...input });

    expect(seen[0]?.body).toBe(body);
    expect(seen[0]?.headers['content-type']).toBe(type);
  });

  it('cookies and basic authentication', async () => {
    await http({ cookies: { a: '1', b: 2 }, auth: 'me:se:cret' });

    expect(seen[0]?.headers).toMatchObject({ cookie: 'a=1; b=2', authorization: `Basic ${btoa('me:se:cret')}` });
  });

  it('credentials of a URL as a header, and shows them nowhere', async () => {
    const data = await dataOf({ url: `${base.replace('//', '//me:pw@')}/` });

    expect(seen[0]?.headers.authorization).toBe(`Basic ${btoa('me:pw')}`);
    expect(data.url).toBe(`${base}/`);
  });

  it('a key against doing things twice with POST, unless the input has one', async () => {
    await http({ method: 'POST' });
    await http({ method: 'POST', headers: { 'idempotency-key': 'mine' } });
    await http({ method: 'GET' });

    expect(seen.map((one) => one.headers['idempotency-key'])).toEqual(['test-action-execution', 'mine', undefined]);
  });
});

describe('std.http returns', () => {
  it('all that is known about the answer', async () => {
    answer = (response) =>
      response
        .writeHead(201, { 'X-Some': ['a', 'b'], 'Set-Cookie': 'k=v; Path=/', 'Content-Type': 'application/json' })
        .end('{"id": 7}');

    expect(await http({ url: `${base}/made` })).toEqual({
      kind: 'success',
      data: {
        content: { id: 7 },
        status: 201,
        headers: expect.objectContaining({ 'X-Some': 'a, b', 'Content-Type': 'application/json' }),
        url: `${base}/made`,
        history: [],
        encoding: 'utf-8',
        reason: 'Created',
        cookies: { k: 'v' },
        elapsed: expect.any(Number),
      },
    });
  });

  it.each([
    ['text/plain', Buffer.from('né'), 'né', 'ISO-8859-1'],
    ['text/plain', Buffer.from('né', 'latin1'), 'né', 'ISO-8859-1'],
    ['text/html; charset=utf-8', Buffer.from('né'), 'né', 'utf-8'],
    ['text/html; charset="iso-8859-15"', Buffer.from([0xa4]), '€', 'iso-8859-15'],
    ['text/html; charset=nonsense', Buffer.from('n\xe9', 'latin1'), 'né', 'nonsense'],
    ['text/plain', Buffer.from('[1, 2]'), [1, 2], 'ISO-8859-1'],
    ['application/octet-stream', Buffer.from([0xff, 0xfe, 0x00]), 'ÿþ\0', null],
  ])('the content of %s', async (type, body, content, encoding) => {
    answer = (response) => response.writeHead(200, { 'content-type': type }).end(body);

    expect(await dataOf({})).toMatchObject({ content, encoding });
  });

  it('empty text for no body', async () => {
    answer = (response) => response.writeHead(204).end();

    expect(await dataOf({})).toMatchObject({ content: '', status: 204, reason: 'No Content' });
  });

  it.each([
    ['gzip', gzipSync('packed')],
    ['deflate', deflateSync('packed')],
    ['deflate', deflateRawSync('packed')],
  ])('an unpacked body (%s)', async (encoding, body) => {
    answer = (response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);

    expect(await dataOf({})).toMatchObject({ content: 'packed' });
  });

  it.each([[200], [204], [302], [304], [306]])('success for status %p', async (status) => {
    answer = (response) => response.writeHead(status).end();

    expect(await http({})).toMatchObject({ kind: 'success', data: { status } });
  });

  it.each([[307], [400], [404], [503]])('an error with the same data for status %p', async (status) => {
    answer = (response) => response.writeHead(status).end('{"why": "x"}');

    expect(await http({})).toMatchObject({ kind: 'error', data: { status, content: { why: 'x' } } });
  });
});

describe('std.http and redirects', () => {
  const redirectOnce =
    (status: number, location = '/to'): Answer =>
    (response, { path }) =>
      path === '/' ? response.writeHead(status, { location, 'set-cookie': 'sid=9' }).end() : response.end('there');

  it('does not follow them unless asked to', async () => {
    answer = redirectOnce(302);

    expect(await dataOf({})).toMatchObject({ status: 302, history: [] });
  });

  it.each([
    ['POST', 301, 'GET', ''],
    ['POST', 302, 'GET', ''],
    ['PUT', 301, 'PUT', 'b'],
    ['PUT', 303, 'GET', ''],
    ['POST', 307, 'POST', 'b'],
    ['POST', 308, 'POST', 'b'],
  ])('%s and %p go on as %s', async (method, status, next, body) => {
    answer = redirectOnce(status);

    const data = await dataOf({ method, body: 'b', allow_redirects: true, auth: 'me:pw', cookies: { a: 1 } });

    expect(seen[1]).toMatchObject({
      method: next,
      body,
      headers: { authorization: `Basic ${btoa('me:pw')}`, cookie: 'a=1; sid=9' },
    });
    expect(data).toMatchObject({ content: 'there', url: `${base}/to`, history: [{ url: `${base}/`, status }] });
  });

  const TOLD = {
    'X-Api-Key': 'secret',
    Authorization: 'Bearer secret',
    'X-Auth-Token': 'secret',
    Cookie: 'a=secret',
    'Mistral-Callback-URL': 'http://secret',
    'Accept-Language': 'nn',
  };

  it.each([
    ['GET', 301],
    ['GET', 307],
    ['DELETE', 308],
    ['HEAD', 302],
  ])('tells another server nothing but what the client can read (%s, %p)', async (method, status) => {
    const told: IncomingMessage['headers'][] = [];
    const other = await listen((request, response) => {
      told.push(request.headers);
      response.end();
    });
    answer = redirectOnce(status, urlOf(other));

    await http({ method, allow_redirects: true, auth: 'me:pw', cookies: { a: 1 }, headers: TOLD });
    other.close();

    expect(told.map((headers) => Object.keys(headers).sort())).toEqual([
      ['accept', 'accept-encoding', 'accept-language', 'connection', 'host', 'user-agent'],
    ]);
  });

  it.each([
    ['POST', 302],
    ['PUT', 303],
  ])('goes on to another server without the body (%s, %p)', async (method, status) => {
    const other = await listen((request, response) => {
      void bodyOf(request).then((body) =>
        response.end(JSON.stringify({ ...request.headers, method: request.method, body })),
      );
    });
    answer = redirectOnce(status, urlOf(other));

    const { content } = await dataOf({ method, json: { password: 'secret' }, allow_redirects: true, headers: TOLD });
    other.close();

    expect(content).toMatchObject({ method: 'GET', body: '', accept: '*/*' });
    expect(JSON.stringify(content)).not.toContain('secret');
    expect(content).not.toHaveProperty('content-type');
  });

  it.each([
    ['POST', 307],
    ['POST', 308],
    ['PUT', 301],
  ])('does not go on to another server that would want the body (%s, %p)', async (method, status) => {
    const asked: unknown[] = [];
    const other = await listen((request, response) => {
      asked.push(request);
      response.end();
    });
    answer = redirectOnce(status, urlOf(other));

    await expect(http({ method, body: 'secret', allow_redirects: true })).rejects.toThrow(
      `Failed to send HTTP request: redirected with status ${status} from ${base} to ${urlOf(other)}, and a body is not sent to another server`,
    );
    other.close();

    expect(asked).toEqual([]);
  });

  it('checks the address of each', async () => {
    answer = redirectOnce(302, 'http://169.254.169.254/latest/meta-data');
    const guarded = { HTTP_DENIED_CIDRS: '169.254.0.0/16' };

    await expect(http({ allow_redirects: true }, {}, guarded)).rejects.toThrow(
      "URL host '169.254.169.254' resolves to a blocked address (169.254.169.254).",
    );
  });

  it('gives up after 30', async () => {
    answer = (response) => response.writeHead(302, { location: '/' }).end();

    await expect(http({ allow_redirects: true })).rejects.toThrow(
      'Failed to send HTTP request: more than 30 redirects',
    );
  });
});

describe('std.http refuses', () => {
  it('a name that leads to a denied address, when it connects', async () => {
    await expect(http({ url: base.replace('127.0.0.1', 'localhost') }, {}, {})).rejects.toThrow(
      /^URL host 'localhost' resolves to a blocked address/,
    );
    expect(seen).toEqual([]);
  });

  it('body and json together', async () => {
    await expect(http({ body: 'a', json: [1] })).rejects.toThrow('give either body or json, not both');
  });

  it.each([
    [{ auth: 'nocolon' }, 'auth must be a text like user:password'],
    [{ timeout: 'soon' }, 'timeout must be a number of seconds, got text'],
    [{ timeout: [1, 'soon'] }, 'timeout must be a number of seconds, got text'],
    [
      { timeout: [1, 2, 3] },
      'timeout must be a number of seconds or a list of two, for the connection and for the answer',
    ],
    [{ verify: '/etc/ca.pem' }, 'verify must be true or false, got text'],
    [{ url: 'http://' }, 'Invalid URL'],
    [{ url: 'http://127.0.0.1:1/' }, 'connect ECONNREFUSED 127.0.0.1:1'],
    [{ headers: { 'X-A': 'a\r\nX-B: b' } }, 'invalid X-A header'],
  ])('%p', async (input, reason) => {
    await expect(http(input)).rejects.toThrow(new RegExp(`^Failed to send HTTP request: ${reason}`, 'i'));
  });

  it.each([
    [
      'by its announced length',
      (response: ServerResponse) => response.writeHead(200, { 'content-length': 200 }).end('x'.repeat(200)),
    ],
    ['while it comes', (response: ServerResponse) => response.writeHead(200).write('x'.repeat(200))],
    [
      'when unpacked',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(5000))),
    ],
  ])('a body that is too large, %s', async (_, tooLarge) => {
    answer = tooLarge;

    await expect(http({}, {}, { ...OPEN, HTTP_MAX_RESPONSE_BYTES: '100' })).rejects.toThrow(
      'Failed to send HTTP request: HTTP response is larger than 100 bytes',
    );
  });
});

describe('std.http waits', () => {
  const NOT_DONE = 'Failed to send HTTP request: no complete answer within 0.05 seconds';

  it.each([[0.05], [[9, 0.05]]])('for the headers no longer than the timeout (%p)', async (timeout) => {
    answer = () => undefined;

    await expect(http({ timeout })).rejects.toThrow(NOT_DONE);
  });

  it.each([
    ['plain', {}],
    ['packed', { 'content-encoding': 'gzip' }],
  ])('for the whole body no longer than the timeout, though each part comes in time (%s)', async (_, headers) => {
    const dripping: NodeJS.Timeout[] = [];
    answer = (response) => {
      const rest = [...gzipSync(randomBytes(5_000))];
      response.writeHead(200, headers);
      dripping.push(setInterval(() => response.write(Buffer.of(rest.shift() ?? 0)), 2));
    };

    await expect(http({ timeout: 0.05 })).rejects.toThrow(NOT_DONE);
    dripping.forEach(clearInterval);
  });

  it('for all redirects together no longer than the timeout', async () => {
    answer = (response) => setTimeout(() => response.writeHead(302, { location: '/' }).end(), 10);

    await expect(http({ timeout: 0.05, allow_redirects: true })).rejects.toThrow(NOT_DONE);
  });

  it.each([['http'], ['https']])('for a connection no longer than the timeout (%s)', async (scheme) => {
    const silent = await listenSilently();
    const port = (silent.address() as AddressInfo).port;

    await expect(http({ url: `${scheme}://127.0.0.1:${port}/`, timeout: 0.05 })).rejects.toThrow(NOT_DONE);
    silent.close();
  });

  it('for a proxy no longer than the timeout', async () => {
    const silent = await listenSilently();
    const proxies = { all: urlOf(silent) };

    await expect(http({ url: 'https://192.0.2.1/', proxies, timeout: 0.05 })).rejects.toThrow(NOT_DONE);
    silent.close();
  });

  it('no longer than the signal says', async () => {
    answer = () => undefined;

    await expect(http({}, { signal: abortSoon() })).rejects.toThrow('cancelled');
  });

  it('for the body no longer than the signal says', async () => {
    answer = (response) => response.writeHead(200).write('x');

    await expect(http({}, { signal: abortSoon() })).rejects.toThrow('cancelled');
  });
});

describe('std.http through a proxy', () => {
  it('sends http as it is', async () => {
    const proxy = await listen((request, response) => {
      const onward = httpRequest(request.url ?? '', (answered) => answered.pipe(response.setHeader('x-via', 'proxy')));
      request.pipe(onward);
    });

    const data = await dataOf({ url: `${base}/through`, proxies: { http: urlOf(proxy) } });
    proxy.close();

    expect(data).toMatchObject({ content: 'ok', headers: { 'x-via': 'proxy' } });
    expect(seen[0]?.path).toBe('/through');
  });

  it('does not use one at a denied address', async () => {
    const guarded = { HTTP_DENIED_CIDRS: '127.0.0.0/8,::1/128' };

    await expect(http({ url: 'http://192.0.2.1/', proxies: { all: base } }, {}, guarded)).rejects.toThrow(
      "URL host '127.0.0.1' resolves to a blocked",
    );
    await expect(
      http({ url: 'http://192.0.2.1/', proxies: { all: base.replace('127.0.0.1', 'localhost') } }, {}, guarded),
    ).rejects.toThrow("URL host 'localhost' resolves to a blocked");
  });
});

describe('std.http through a proxy to a denied address', () => {
  it('is refused too', async () => {
    const guarded = { HTTP_DENIED_CIDRS: '127.0.0.0/8,::1/128' };
    const input = { url: 'http://localhost/', proxies: { all: 'http://192.0.2.1:3128' } };

    await expect(http(input, {}, guarded)).rejects.toThrow("URL host 'localhost' resolves to a blocked address");
  });
});

describe('std.mistral_http', () => {
  it('names the workflow and where to send the result, and leaves the result to the other side', async () => {
    expect(await run('std.mistral_http', { headers: { 'Mistral-Task-Id': 'forged' } })).toEqual(pending());
    expect(seen[0]?.headers).toMatchObject({
      'mistral-workflow-name': 'test_workflow',
      'mistral-workflow-execution-id': 'test-workflow-execution',
      'mistral-task-id': 'test-task-execution',
      'mistral-action-execution-id': 'test-action-execution',
      'mistral-callback-url': '/v2/action_executions/test-action-execution',
    });
  });

  it('fails at once when the other side refuses', async () => {
    answer = (response) => response.writeHead(400).end();

    expect(await run('std.mistral_http', {})).toMatchObject({ kind: 'error', data: { status: 400 } });
  });
});

type Input = Readonly<Record<string, unknown>>;

const http = (input: Input, context: Partial<ActionContext> = {}, settings: Readonly<Record<string, string>> = OPEN) =>
  run('std.http', input, context, settings);

async function dataOf(input: Input): Promise<Input> {
  const outcome = await http(input);
  return outcome.kind === 'pending' ? {} : (outcome.data as Input);
}

async function run(
  name: string,
  input: Input,
  context = {},
  settings: Readonly<Record<string, string>> = OPEN,
): Promise<ActionOutcome> {
  const action = pack.createActions(settings).find((one) => one.name === name) as ActionDefinition;
  return testAction(action, { url: base, ...input }, context);
}

function abortSoon(): AbortSignal {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('cancelled')), 30);
  return stop.signal;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function listen(onRequest: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  return new Promise((resolve) => {
    const made = createServer(onRequest).listen(0, '127.0.0.1', () => resolve(made));
  });
}

/** Takes connections and never says anything. */
function listenSilently(): Promise<NetServer> {
  return new Promise((resolve) => {
    const made = createNetServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.unref();
    }).listen(0, '127.0.0.1', () => resolve(made));
  });
}

function urlOf(listening: NetServer): string {
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}
