import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, ApiUnderTest } from './api-under-test.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const ADMIN = { 'x-roles': 'admin' };
const CODE = "export const hi = () => 'hi';\n";
const FORBIDDEN = 'Operation forbidden (insufficient permissions)';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

function get(path = ''): Promise<Answer> {
  return api.get(`/v2/code_sources${path}`, ADMIN);
}
function send(method: 'POST' | 'PUT' | 'DELETE', path: string, text?: string): Promise<Answer> {
  return api.call(method, `/v2/code_sources${path}`, { text, headers: ADMIN });
}
function fault({ status, body }: Answer): readonly unknown[] {
  return [status, body['faultstring']];
}

describe('POST /v2/code_sources', () => {
  it('stores a text as version 1', async () => {
    const { status, body } = await send('POST', '?name=first', CODE);

    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(UUID),
      name: 'first',
      namespace: '',
      content: CODE,
      version: 1,
      project_id: '<default-project>',
      scope: 'private',
      created_at: expect.stringMatching(DATE),
      updated_at: null,
    });
    expect((await get('/first')).body).toEqual(body);
    expect((await get(`/${body['id'] ?? ''}`)).body).toEqual(body);
  });

  it('does not look at the text', async () => {
    expect((await send('POST', '?name=nonsense', 'class A:\n  pass')).status).toBe(201);
    expect((await send('POST', '?name=empty')).body['content']).toBe('');
  });

  it('takes a namespace and a scope', async () => {
    const { body } = await send('POST', '?name=placed&namespace=north&scope=public', CODE);

    expect([body['namespace'], body['scope']]).toEqual(['north', 'public']);
    expect(fault(await get('/placed'))).toEqual([404, 'Code Source not found [name=placed,namespace=]']);
    expect((await get('/placed?namespace=north')).body['id']).toBe(body['id']);
  });

  it('takes names with spaces', async () => {
    expect((await send('POST', '?name=two%20words', CODE)).status).toBe(201);
    expect((await get('/two%20words')).body['name']).toBe('two words');
  });

  it.each([
    ['', 400, 'Missing argument: "name"'],
    ['?name=', 400, 'Name of the code source is not provided.'],
    [`?name=${'x'.repeat(256)}`, 400, /is too long: more than 255 characters/],
    ['?name=odd&scope=foo', 400, 'Scope must be one of the following: private, public; actual: foo'],
  ])('%s is refused', async (query, status, text) => {
    const answer = await send('POST', query, CODE);

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      faultstring: typeof text === 'string' ? text : expect.stringMatching(text),
    });
  });

  it('refuses a name that is taken, but not in another namespace', async () => {
    await send('POST', '?name=taken', CODE);

    expect(fault(await send('POST', '?name=taken', CODE))).toEqual([
      409,
      "Duplicate entry for CodeSource ['name', 'namespace', 'project_id']: taken, , None",
    ]);
    expect((await send('POST', '?name=taken&namespace=other', CODE)).status).toBe(201);
  });
});

describe('PUT /v2/code_sources', () => {
  it('replaces the text and counts, by the path or by a parameter', async () => {
    const { body: before } = await send('POST', '?name=changed&scope=public', CODE);
    const byPath = await send('PUT', '/changed?scope=public', 'two');
    const byName = await send('PUT', '?identifier=changed&scope=public', 'three');
    const byId = await send('PUT', `?identifier=${before['id'] ?? ''}`, 'three');

    expect([byPath, byName, byId].map(({ status, body }) => [status, body['version'], body['content']])).toEqual([
      [200, 2, 'two'],
      [200, 3, 'three'],
      [200, 4, 'three'],
    ]);
    expect(byPath.body['updated_at']).toMatch(DATE);
    expect([byName.body['scope'], byId.body['scope']]).toEqual(['public', 'private']);
  });

  it.each([
    ['', 400, 'Missing argument: "identifier"'],
    ['/absent', 404, 'Code Source not found [name=absent,namespace=]'],
    ['?identifier=absent&namespace=n', 404, 'Code Source not found [name=absent,namespace=n]'],
    ['/first?scope=foo', 400, 'Scope must be one of the following: private, public; actual: foo'],
  ])('%s is refused', async (path, status, text) => {
    expect(fault(await send('PUT', path, CODE))).toEqual([status, text]);
  });
});

describe('GET /v2/code_sources', () => {
  it('lists with filters, fields and pages', async () => {
    for (const name of ['list-a', 'list-b', 'list-c']) await send('POST', `?name=${name}&namespace=lists`, CODE);
    const { body } = await get('?namespace=lists&sort_keys=name&fields=name&limit=2');

    expect(body['code_sources']).toEqual([
      { id: expect.stringMatching(UUID), name: 'list-a' },
      { id: expect.stringMatching(UUID), name: 'list-b' },
    ]);
    const next = await api.get(String(body['next']).replace(/^.*(?=\/v2)/, ''), ADMIN);
    expect(next.body['code_sources']).toEqual([{ id: expect.stringMatching(UUID), name: 'list-c' }]);
    expect((await get('?namespace=lists&sort_keys=name&marker=list-b')).body['code_sources']).toHaveLength(1);
    expect((await get('?name=list-b')).body['code_sources']).toHaveLength(1);
    expect((await get('?all_projects=true&name=list-b')).body['code_sources']).toHaveLength(1);
    expect((await get('?tags=x')).body['code_sources']).toEqual([]);
  });

  it('shows every field but tags', async () => {
    const [row] = (await get('?limit=1')).body['code_sources'] ?? [];

    expect(Object.keys(row ?? {})).toEqual([
      'id',
      'name',
      'namespace',
      'content',
      'version',
      'project_id',
      'scope',
      'created_at',
      'updated_at',
    ]);
    expect(Object.keys((await get(`/${row?.['id'] ?? ''}?fields=version,actions`)).body)).toEqual(['id', 'version']);
  });

  it.each([
    ['?foo=1', 'Unknown argument: "foo"'],
    ['?project_id=x', /unable to convert to uuid/],
    ['?marker=00000000-0000-0000-0000-000000000000', /^Code Source not found/],
    ['?fields=tags', /^Some fields do not exist {2}\[tags\]/],
    ['?limit=0', 'Limit must be positive.'],
  ])('%s is refused', async (query, text) => {
    const { status, body } = await get(query);

    expect([400, 404]).toContain(status);
    expect(body['faultstring']).toMatch(text);
  });
});

describe('DELETE /v2/code_sources', () => {
  it('deletes by name or id, with the dynamic actions made of it', async () => {
    await send('POST', '?name=gone', CODE);
    const json = { name: 'gone.hi', class_name: 'hi', code_source_name: 'gone' };
    await api.call('POST', '/v2/dynamic_actions', { json, headers: ADMIN });
    const { status, text } = await send('DELETE', '/gone');

    expect([status, text]).toEqual([204, '']);
    expect(fault(await send('DELETE', '/gone'))).toEqual([404, 'Code Source not found [name=gone,namespace=]']);
    expect((await api.get('/v2/dynamic_actions/gone.hi', ADMIN)).status).toBe(404);
  });

  it('keeps to the namespace', async () => {
    await send('POST', '?name=apart&namespace=n', CODE);

    expect((await send('DELETE', '/apart')).status).toBe(404);
    expect((await send('DELETE', '/apart?namespace=n')).status).toBe(204);
  });
});

describe('code sources are for administrators', () => {
  it.each([
    ['GET', ''],
    ['GET', '/first'],
    ['POST', '?name=mine'],
    ['PUT', '/first'],
    ['PUT', '?identifier=first'],
    ['DELETE', '/first'],
  ])('%s %s', async (method, path) => {
    for (const roles of [undefined, 'member', 'administrator']) {
      const headers: Record<string, string> = roles === undefined ? {} : { 'x-roles': roles };
      expect(fault(await api.call(method, `/v2/code_sources${path}`, { headers }))).toEqual([403, FORBIDDEN]);
    }
  });
});
