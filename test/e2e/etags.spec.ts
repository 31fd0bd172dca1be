import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, ApiUnderTest } from './api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

interface Kind {
  readonly kind: string;
  /** Sends a definition that says a number. */
  readonly send: (
    method: 'POST' | 'PUT',
    name: string,
    says: number,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
}

function yaml(kind: string, textOf: (name: string, says: number) => string): Kind {
  const send: Kind['send'] = (method, name, says, headers) =>
    api.call(method, `/v2/${kind}`, { text: textOf(name, says), headers });
  return { kind, send };
}

const KINDS: readonly Kind[] = [
  yaml('workflows', (name, says) => `version: '2.0'\n${name}: {tags: [n${says}], tasks: {t: {action: std.noop}}}\n`),
  yaml('actions', (name, says) => `version: '2.0'\n${name}: {base: std.echo, base-input: {output: ${says}}}\n`),
  yaml(
    'workbooks',
    (name, says) => `version: '2.0'\nname: ${name}\nactions: {a: {base: std.echo, base-input: {output: ${says}}}}\n`,
  ),
  {
    kind: 'environments',
    send: (method, name, says, headers) =>
      api.call(method, '/v2/environments', { json: { name, variables: { says } }, headers }),
  },
];

describe.each(KINDS)('$kind', ({ kind, send }) => {
  async function tagOf(name: string): Promise<string> {
    return String((await api.get(`/v2/${kind}/${name}`)).headers['etag']);
  }

  it('have a tag that changes when they do, and only then', async () => {
    await send('POST', 'tagged', 1);
    const first = await tagOf('tagged');
    await send('PUT', 'tagged', 1);
    expect(await tagOf('tagged')).toBe(first);
    await send('PUT', 'tagged', 2);

    expect(first).toMatch(/^"[^"]+"$/);
    expect(await tagOf('tagged')).not.toBe(first);
  });

  it('have another tag when they are made anew', async () => {
    await send('POST', 'anew', 1);
    const before = await tagOf('anew');
    await api.delete(`/v2/${kind}/anew`);
    await send('POST', 'anew', 1);

    expect(await tagOf('anew')).not.toBe(before);
  });

  it('answer 304 without a body to who has them already', async () => {
    await send('POST', 'known', 1);
    const tag = await tagOf('known');

    for (const held of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
      const { status, text, headers } = await api.get(`/v2/${kind}/known`, { 'if-none-match': held });
      expect([held, status, text, headers['etag']]).toEqual([held, 304, '', tag]);
      expect(headers).not.toHaveProperty('content-length');
    }
    const other = await api.get(`/v2/${kind}/known`, { 'if-none-match': '"other"' });
    expect([other.status, other.body['name']]).toEqual([200, 'known']);
  });

  it('are changed and deleted with the tag that they have, or with any', async () => {
    await send('POST', 'held', 1);
    expect((await send('PUT', 'held', 2, { 'if-match': await tagOf('held') })).status).toBe(200);
    expect((await send('PUT', 'held', 3, { 'if-match': '*' })).status).toBe(200);
    const headers = { 'if-match': `"other", ${await tagOf('held')}` };
    expect((await api.call('DELETE', `/v2/${kind}/held`, { headers })).status).toBe(204);
  });

  it('are neither changed nor deleted with a tag that they had', async () => {
    await send('POST', 'stale', 1);
    const stale = await tagOf('stale');
    await send('PUT', 'stale', 2);
    const { text, headers } = await api.get(`/v2/${kind}/stale`);
    const reason = `It has been changed: its ETag is ${String(headers['etag'])} now, and If-Match names another one.`;

    for (const held of [stale, `W/${String(headers['etag'])}`]) {
      const put = await send('PUT', 'stale', 3, { 'if-match': held });
      expect([put.status, put.body['faultstring']]).toEqual([412, reason]);
      const deleted = await api.call('DELETE', `/v2/${kind}/stale`, { headers: { 'if-match': held } });
      expect([deleted.status, deleted.body['faultstring']]).toEqual([412, reason]);
    }
    expect((await api.get(`/v2/${kind}/stale`)).text).toBe(text);
  });

  it('are changed by one of many who send the same tag together', async () => {
    await send('POST', 'race', 0);
    const tag = await tagOf('race');
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((says) => send('PUT', 'race', says, { 'if-match': tag })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  it('that are not there answer 404 all the same', async () => {
    expect((await send('PUT', 'absent', 1, { 'if-match': '"x"' })).status).toBe(404);
    expect((await api.get(`/v2/${kind}/absent`, { 'if-none-match': '*' })).status).toBe(404);
  });

  it('are not reached with a tag that is none', async () => {
    const { status, body } = await send('PUT', 'tagged', 1, { 'if-match': 'abc' });
    expect([status, body['faultstring']]).toEqual([
      400,
      'The header if-match must be * or tags in quotation marks: abc',
    ]);
  });
});

it('changes all workflows of a text or none', async () => {
  const text = (says: number) =>
    `version: '2.0'\nx: {tags: [n${says}], tasks: {t: {action: std.noop}}}\ny: {tags: [n${says}], tasks: {t: {action: std.noop}}}\n`;
  await api.upload('/v2/workflows', text(1));
  const tags = [await api.get('/v2/workflows/x'), await api.get('/v2/workflows/y')].map(({ headers }) =>
    String(headers['etag']),
  );
  const put = (says: number, held: string) =>
    api.call('PUT', '/v2/workflows', { text: text(says), headers: { 'if-match': held } });

  expect((await put(2, tags[0] ?? '')).status).toBe(412);
  expect((await api.get('/v2/workflows/x')).body['tags']).toEqual(['n1']);
  expect((await put(2, tags.join(', '))).status).toBe(200);
});

it('binds an update and a deletion by identifier too', async () => {
  const text = `version: '2.0'\nbyid: {tasks: {t: {action: std.noop}}}\n`;
  const id = (await api.upload('/v2/workflows', text)).body['workflows']?.[0]?.['id'] ?? '';
  const headers = { 'if-match': '"x"' };

  expect((await api.call('PUT', `/v2/workflows/${id}`, { text, headers })).status).toBe(412);
  expect((await api.call('DELETE', `/v2/workflows/${id}`, { headers })).status).toBe(412);
});

it('gives no tag to actions of plugins', async () => {
  const { status, headers } = await api.get('/v2/actions/std.echo', { 'if-none-match': '*' });
  expect([status, headers['etag']]).toEqual([200, undefined]);
});
