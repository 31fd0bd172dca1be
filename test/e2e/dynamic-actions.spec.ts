import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, ApiUnderTest, type Body } from './api-under-test.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const ADMIN = { 'x-roles': 'admin' };
const EITHER = "Either 'code_source_id' or 'code_source_name' must be provided.";

let api: ApiUnderTest;
let tools: Body;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  tools = (await source('tools', 'export const hi = () => 1')).body;
});
afterAll(() => api.stop());

function source(name: string, text: string, namespace = ''): Promise<Answer> {
  return api.call('POST', `/v2/code_sources?name=${name}&namespace=${namespace}`, { text, headers: ADMIN });
}
function get(path = ''): Promise<Answer> {
  return api.get(`/v2/dynamic_actions${path}`, ADMIN);
}
function send(method: 'POST' | 'PUT', json: unknown): Promise<Answer> {
  return api.call(method, '/v2/dynamic_actions', { json, headers: ADMIN });
}
function remove(path: string): Promise<Answer> {
  return api.call('DELETE', `/v2/dynamic_actions/${path}`, { headers: ADMIN });
}
function create(name: string, more: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
  return send('POST', { name, class_name: 'hi', code_source_name: 'tools', ...more });
}
function fault({ status, body }: Answer): readonly unknown[] {
  return [status, body['faultstring']];
}

describe('POST /v2/dynamic_actions', () => {
  it('stores a name for code', async () => {
    const { status, body } = await create('my.first');

    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(UUID),
      name: 'my.first',
      namespace: '',
      code_source_id: tools['id'],
      code_source_name: 'tools',
      class_name: 'hi',
      project_id: '<default-project>',
      scope: 'private',
      created_at: expect.stringMatching(DATE),
      updated_at: null,
    });
    expect((await get('/my.first')).body).toEqual(body);
    expect((await get(`/${body['id'] ?? ''}`)).body).toEqual(body);
  });

  it('prefers the id of a code source to its name', async () => {
    const { body } = await create('my.by-id', { code_source_id: tools['id'], code_source_name: 'absent' });

    expect(body['code_source_name']).toBe('tools');
  });

  it('looks for the code source in the namespace of the action', async () => {
    await source('tools', 'other', 'north');
    const { body } = await create('my.placed', { namespace: 'north', scope: 'public' });

    expect([body['namespace'], body['scope']]).toEqual(['north', 'public']);
    expect(body['code_source_id']).not.toBe(tools['id']);
    expect(fault(await get('/my.placed'))).toEqual([404, 'Dynamic Action not found [name=my.placed,namespace=]']);
    expect((await get('/my.placed?namespace=north')).status).toBe(200);
    expect(fault(await create('my.lost', { namespace: 'south' }))).toEqual([
      404,
      'Code Source not found [name=tools,namespace=south]',
    ]);
  });

  it('refuses a name that is taken', async () => {
    await create('my.taken');

    expect(fault(await create('my.taken'))).toEqual([
      409,
      "Duplicate entry for dynamic action definition ['name', 'namespace', 'project_id']: my.taken, , None",
    ]);
  });

  it.each([
    [{ name: 'x', class_name: 'A' }, 400, EITHER],
    [{ name: 'x', class_name: 'A', code_source_id: '', code_source_name: null }, 400, EITHER],
    [{ class_name: 'A', code_source_name: 'tools' }, 400, "'name' must be provided."],
    [{ name: 'x', code_source_name: 'tools' }, 400, "'class_name' must be provided."],
    [{ name: 'x', class_name: 'A', code_source_name: 'absent' }, 404, 'Code Source not found [name=absent,namespace=]'],
    [
      { name: 'x', class_name: 'A', code_source_name: 'tools', foo: 1 },
      400,
      'Unknown attribute for argument dyn_action: foo',
    ],
    [
      { name: 'x', class_name: 'A', code_source_name: 'tools', project_id: 'p' },
      400,
      "Invalid input for field/attribute project_id. Value: 'p'. Cannot set read only field.",
    ],
    [
      { name: 'x', class_name: 'A', code_source_name: 'tools', scope: 'foo' },
      400,
      "Invalid input for field/attribute scope. Value: 'foo'. Value should be one of: public, private",
    ],
    [
      { name: 1, class_name: 'A', code_source_name: 'tools' },
      400,
      "Invalid input for field/attribute name. Value: '1'. Wrong type. Expected 'string', got 'integer'",
    ],
  ])('%j is refused', async (json, status, text) => {
    const answer = await send('POST', json);

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ faultcode: 'Client', faultstring: text, debuginfo: null });
  });

  it('wants JSON', async () => {
    const answer = await api.call('POST', '/v2/dynamic_actions', { text: '{}', headers: ADMIN });

    expect(fault(answer)).toEqual([415, 'Unknown mimetype: text/plain']);
  });
});

describe('PUT /v2/dynamic_actions', () => {
  it('changes what the body says, by name or id, and leaves the rest', async () => {
    const { body: before } = await create('my.changed', { scope: 'public' });
    const { body: other } = await source('other-tools', 'x');
    const byName = await send('PUT', { name: 'my.changed', class_name: 'B' });
    const byId = await send('PUT', {
      id: before['id'],
      name: 'ignored',
      code_source_name: 'other-tools',
      scope: 'private',
    });

    expect([byName.status, byName.body]).toEqual([
      200,
      { ...before, class_name: 'B', updated_at: expect.stringMatching(DATE) },
    ]);
    expect(byId.body).toEqual({
      ...byName.body,
      scope: 'private',
      code_source_id: other['id'],
      code_source_name: 'other-tools',
      updated_at: expect.stringMatching(DATE),
    });
  });

  it('takes the namespace and the scope that the client always sends', async () => {
    await source('tools', 'x', 'put');
    await create('my.put', { namespace: 'put' });
    const { status, body } = await send('PUT', {
      name: 'my.put',
      class_name: 'C',
      code_source_name: 'tools',
      scope: 'private',
      namespace: 'put',
    });

    expect([status, body['class_name']]).toEqual([200, 'C']);
  });

  it.each([
    [{ class_name: 'B' }, 400, "Either 'name' or 'id' must be provided."],
    [{ name: 'absent', class_name: 'B' }, 404, 'Dynamic Action not found [name=absent,namespace=]'],
    [{ name: 'my.first', code_source_name: 'absent' }, 404, 'Code Source not found [name=absent,namespace=]'],
    [
      { name: 'my.first', namespace: 'elsewhere', class_name: 'B' },
      404,
      'Dynamic Action not found [name=my.first,namespace=elsewhere]',
    ],
  ])('%j is refused', async (json, status, text) => {
    expect(fault(await send('PUT', json))).toEqual([status, text]);
  });

  it('has no identifier in its path', async () => {
    const answer = await api.call('PUT', '/v2/dynamic_actions/my.first', { json: {}, headers: ADMIN });

    expect(answer.status).toBe(405);
  });
});

describe('GET /v2/dynamic_actions', () => {
  it('lists with filters, fields and pages', async () => {
    await source('tools', 'x', 'lists');
    for (const name of ['l.a', 'l.b', 'l.c']) await create(name, { namespace: 'lists' });
    const { body } = await get('?namespace=lists&sort_keys=name&sort_dirs=desc&fields=name&limit=2');

    expect(body['dynamic_actions']).toEqual([
      { id: expect.stringMatching(UUID), name: 'l.c' },
      { id: expect.stringMatching(UUID), name: 'l.b' },
    ]);
    const next = await api.get(String(body['next']).replace(/^.*(?=\/v2)/, ''), ADMIN);
    expect(next.body['dynamic_actions']).toEqual([{ id: expect.stringMatching(UUID), name: 'l.a' }]);
    expect((await get('?all_projects=1&name=l.b')).body['dynamic_actions']).toHaveLength(1);
  });

  it.each([
    ['?tags=x', 'Unknown argument: "tags"'],
    ['?sort_keys=content', 'Sort key supplied is invalid: content'],
  ])('%s is refused', async (query, text) => {
    expect(fault(await get(query))).toEqual([400, text]);
  });
});

describe('DELETE /v2/dynamic_actions', () => {
  it('deletes by name or id, in the namespace', async () => {
    const { body } = await create('my.gone');

    expect((await remove('my.gone?namespace=n')).status).toBe(404);
    expect((await remove('my.gone')).status).toBe(204);
    expect(fault(await remove(String(body['id'])))).toEqual([
      404,
      `Dynamic Action not found [name=${body['id'] ?? ''},namespace=]`,
    ]);
  });
});

describe('dynamic actions are for administrators', () => {
  it.each([
    ['GET', ''],
    ['GET', '/my.first'],
    ['POST', ''],
    ['PUT', ''],
    ['DELETE', '/my.first'],
  ])('%s %s', async (method, path) => {
    const answer = await api.call(method, `/v2/dynamic_actions${path}`, { json: {} });

    expect(fault(answer)).toEqual([403, 'Operation forbidden (insufficient permissions)']);
  });
});
