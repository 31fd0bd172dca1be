import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const ADMIN = { 'x-roles': 'admin' };

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

function workflow(name: string, more = ''): string {
  return `version: '2.0'\n${name}:\n${more}  tasks: {t: {action: std.noop}}\n`;
}

describe('workflows', () => {
  it('stores the text as sent, with what clients need to start it', async () => {
    const text = workflow(
      'stored',
      "  input: [vm, {flavor: m1}, {n: null}, {o: {a: 'b'}}]\n  tags: [x]\n  output: {st: 1}\n",
    );
    const { status, body, headers } = await api.upload('/v2/workflows', text);

    expect(status).toBe(201);
    expect(headers['content-type']).toBe('application/json;charset=utf-8');
    const [row] = body['workflows'] ?? [];
    expect(row).toEqual({
      id: expect.stringMatching(UUID),
      name: 'stored',
      namespace: '',
      input: `vm, flavor="m1", n="None", o="{'a': 'b'}"`,
      interface: { input: ['vm', { flavor: 'm1' }, { n: null }, { o: { a: 'b' } }], output: ['st'] },
      definition: text,
      checksum: expect.stringMatching(/^[0-9a-f]{32}$/),
      tags: ['x'],
      scope: 'private',
      project_id: '<default-project>',
      created_at: expect.stringMatching(DATE),
      updated_at: null,
    });
    const one = await api.get('/v2/workflows/stored');
    expect(one.body['interface']).toBe(
      '{"input": ["vm", {"flavor": "m1"}, {"n": null}, {"o": {"a": "b"}}], "output": ["st"]}',
    );
    expect((await api.get(`/v2/workflows/${one.body['id'] ?? ''}?fields=input,name`)).body).toEqual({
      id: one.body['id'],
      name: 'stored',
      input: `vm, flavor="m1", n="None", o="{'a': 'b'}"`,
    });
  });

  it('stores all workflows of a text or none', async () => {
    await api.upload('/v2/workflows', workflow('taken'));
    const text = "version: '2.0'\nfresh: {tasks: {t: {action: std.noop}}}\ntaken: {tasks: {t: {action: std.noop}}}\n";
    const { status, body } = await api.upload('/v2/workflows', text);

    expect(status).toBe(409);
    expect(body).toEqual({
      faultstring: "Duplicate entry for WorkflowDefinition ['name', 'namespace', 'project_id']: taken, , None",
    });
    expect((await api.get('/v2/workflows/fresh')).status).toBe(404);
  });

  it('keeps namespaces apart, and takes one from the path', async () => {
    await api.upload('/v2/workflows?namespace=north', workflow('spaced'));
    await api.upload('/v2/workflows/south', workflow('spaced'));

    expect((await api.get('/v2/workflows/spaced?namespace=north')).body['namespace']).toBe('north');
    expect((await api.get('/v2/workflows/spaced?namespace=south')).body['namespace']).toBe('south');
    const { status, body } = await api.get('/v2/workflows/spaced');
    expect([status, body['faultstring']]).toEqual([404, 'Workflow not found [workflow_identifier=spaced, namespace=]']);
  });

  it('updates by the name in the text, and renames with an identifier', async () => {
    const created = (await api.upload('/v2/workflows', workflow('before'))).body['workflows']?.[0];
    const updated = await api.upload('/v2/workflows', workflow('before', '  tags: [new]\n'), 'PUT');
    expect([updated.status, updated.body['workflows']?.[0]?.['tags']]).toEqual([200, ['new']]);
    expect(updated.body['workflows']?.[0]?.['updated_at']).toMatch(DATE);

    const renamed = await api.upload('/v2/workflows/before', workflow('after'), 'PUT');
    expect([renamed.status, renamed.body['name'], renamed.body['id']]).toEqual([200, 'after', created?.['id']]);
    expect((await api.get('/v2/workflows/before')).status).toBe(404);
  });

  it('leaves the date when nothing changes', async () => {
    await api.upload('/v2/workflows', workflow('same'));
    const { body } = await api.upload('/v2/workflows/same', workflow('same'), 'PUT');
    expect(body['updated_at']).toBeNull();
  });

  it('refuses several workflows for one identifier, and unknown ones', async () => {
    await api.upload('/v2/workflows', workflow('single'));
    const two = "version: '2.0'\na: {tasks: {t: {action: std.noop}}}\nb: {tasks: {t: {action: std.noop}}}\n";
    const { status, body } = await api.upload('/v2/workflows/single', two, 'PUT');
    expect([status, body['faultstring']]).toEqual([
      400,
      'More than one workflows are not supported for update with identifier. [identifier: single]',
    ]);
    expect((await api.upload('/v2/workflows', workflow('absent'), 'PUT')).status).toBe(404);
  });

  it('deletes by name or id', async () => {
    await api.upload('/v2/workflows', workflow('gone'));
    const { status, text } = await api.delete('/v2/workflows/gone');
    expect([status, text]).toEqual([204, '']);
    expect((await api.delete('/v2/workflows/gone')).status).toBe(404);
  });

  it.each([
    ['', 'Invalid DSL'],
    ['[', 'Definition could not be parsed'],
    [`version: '2.0'\n"w 2": {tasks: {t: {action: std.noop}}}\n`, "Name 'w 2' must not contain spaces"],
    [workflow('bad', '  output: {x: "<% $.( %>"}\n'), 'Parse error'],
  ])('refuses %j and stores nothing', async (text, reason) => {
    const before = (await api.get('/v2/workflows')).text;
    const { status, body } = await api.upload('/v2/workflows', text);
    expect(status).toBe(400);
    expect(body['faultstring']).toContain(reason.split(' ')[0]);
    expect(body['faultstring']).not.toMatch(/\n\s+at /);
    expect((await api.get('/v2/workflows')).text).toBe(before);
  });

  it('lets only administrators publish', async () => {
    const refused = await api.upload('/v2/workflows?scope=public', workflow('open'));
    expect([refused.status, refused.body['faultstring']]).toEqual([
      403,
      'Operation forbidden (insufficient permissions)',
    ]);
    const { status, body } = await api.call('POST', '/v2/workflows?scope=public', {
      text: workflow('open'),
      headers: ADMIN,
    });
    expect([status, body['workflows']?.[0]?.['scope']]).toEqual([201, 'public']);
    expect((await api.upload('/v2/workflows/open', workflow('open'), 'PUT')).body['scope']).toBe('private');
    const wrong = await api.upload('/v2/workflows?scope=foo', workflow('open2'));
    expect([wrong.status, wrong.body['faultstring']]).toEqual([
      400,
      'Scope must be one of the following: private, public; actual: foo',
    ]);
  });

  it('answers a verdict and stores nothing', async () => {
    expect((await api.upload('/v2/workflows/validate', workflow('checked'))).body).toEqual({ valid: true });
    const { status, body } = await api.upload('/v2/workflows/validate', 'version: 1');
    expect([status, body['valid']]).toEqual([200, false]);
    expect(body['error']).toBeTruthy();
    expect((await api.get('/v2/workflows/checked')).status).toBe(404);
  });
});

describe('ad-hoc actions', () => {
  const text = `version: '2.0'
greet:
  description: Says hello
  tags: [polite]
  input: [name, greeting: hello, times: 1, rest: null]
  base: std.echo
  base-input: {output: <% $.greeting %>}
`;

  it('stand beside the actions of plugins', async () => {
    const { status, body } = await api.upload('/v2/actions', text);
    expect(status).toBe(201);
    expect(body['actions']?.[0]).toMatchObject({
      name: 'greet',
      is_system: false,
      input: 'name, greeting="hello", times=1, rest=null',
      description: 'Says hello',
      tags: ['polite'],
      definition: text,
      scope: 'private',
      namespace: '',
    });
    const names = ((await api.get('/v2/actions')).body['actions'] ?? []).map((action) => action['name']);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(['greet', 'std.echo', 'std.noop']));
  });

  it('without inputs have none when they are uploaded, and an empty text afterwards', async () => {
    const { body } = await api.upload('/v2/actions', "version: '2.0'\nsay_hi: {base: std.echo output='hi'}\n");

    expect(body['actions']).toMatchObject([{ name: 'say_hi', input: null }]);
    expect((await api.get('/v2/actions/say_hi')).body['input']).toBe('');
    await api.delete('/v2/actions/say_hi');
  });

  it('are found under names with a namespace in the path', async () => {
    await api.upload('/v2/actions?namespace=ns1', text.replace('greet', 'hail'));
    expect((await api.get('/v2/actions/hail/ns1')).body['namespace']).toBe('ns1');
    const missing = await api.get('/v2/actions/hail');
    expect([missing.status, missing.body['faultstring']]).toEqual([404, 'Action not found [name=hail, namespace=]']);
    expect((await api.get('/v2/actions/std.echo/ns1')).body).toMatchObject({
      id: 'std.echo',
      input: 'output, delay=0',
    });
    expect((await api.get('/v2/actions?namespace=ns1')).body['actions']).toHaveLength(1);
    expect((await api.delete('/v2/actions/hail/ns1')).status).toBe(204);
  });

  it('are updated in a list, even one of them', async () => {
    await api.upload('/v2/actions', text.replace('greet', 'wave'));
    const changed = text.replace('greet', 'wave').replace('polite', 'silent');
    const { status, body } = await api.upload('/v2/actions/wave', changed, 'PUT');
    expect([status, body['actions']?.[0]?.['tags']]).toEqual([200, ['silent']]);
    expect((await api.upload('/v2/actions', text.replace('greet', 'absent'), 'PUT')).status).toBe(404);
  });

  it('page by name or id, each row once', async () => {
    const all = ((await api.get('/v2/actions')).body['actions'] ?? []).map((action) => action['name']);
    const seen: unknown[] = [];
    let path = '/v2/actions?limit=2';
    for (let pages = 0; path !== '' && pages < 50; pages++) {
      const { body } = await api.get(path);
      seen.push(...(body['actions'] ?? []).map((action) => action['name']));
      path = (body['next'] ?? '').replace(/^https?:\/\/[^/]+/, '');
    }
    expect(seen).toEqual(all);
  });

  it.each([
    ['name=std.echo', ['std.echo']],
    ['name=in:std.echo,std.noop', ['std.echo', 'std.noop']],
    ['name=has:std.e', ['std.echo']],
    ['name=eq:std.noop&sort_keys=created_at', ['std.noop']],
  ])('filter by %s', async (query, names) => {
    const { body } = await api.get(`/v2/actions?${query}`);
    expect((body['actions'] ?? []).map((action) => action['name'])).toEqual(names);
  });
});

describe('workbooks', () => {
  const text = `version: '2.0'
name: ops
tags: [nightly]
actions:
  say: {base: std.echo, base-input: {output: hi}}
workflows:
  run:
    tasks: {t: {action: say}}
`;

  it('make their members, which stay when they go', async () => {
    const { status, body } = await api.upload('/v2/workbooks', text);
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'ops', tags: ['nightly'], definition: text, namespace: '', scope: 'private' });
    expect((await api.get('/v2/workflows/ops.run')).body).toMatchObject({
      name: 'ops.run',
      checksum: null,
      definition: 'run:\n  tasks: {t: {action: say}}\n',
    });
    expect((await api.get('/v2/actions/ops.say')).status).toBe(200);

    expect((await api.upload('/v2/workbooks', text)).status).toBe(409);
    expect((await api.upload('/v2/workbooks', text.replace('nightly', 'daily'), 'PUT')).body['tags']).toEqual([
      'daily',
    ]);
    expect((await api.get('/v2/workbooks/ops')).body['tags']).toEqual(['daily']);
    expect((await api.delete('/v2/workbooks/ops')).status).toBe(204);
    expect((await api.get('/v2/workflows/ops.run')).status).toBe(200);
    const gone = await api.get('/v2/workbooks/ops');
    expect([gone.status, gone.body['faultstring']]).toEqual([404, 'Workbook not found [name=ops, namespace=]']);
  });

  it('refuse an update of what is not there', async () => {
    const { status, body } = await api.upload('/v2/workbooks?namespace=zz', text, 'PUT');
    expect([status, body['faultstring']]).toEqual([404, 'Workbook not found [name=ops, namespace=zz]']);
  });

  it('answer a verdict', async () => {
    expect((await api.upload('/v2/workbooks/validate', text)).body).toEqual({ valid: true });
    expect((await api.upload('/v2/workbooks/validate', "version: '2.0'\n")).body['valid']).toBe(false);
  });
});

describe('environments', () => {
  it('keep their values as JSON text, numbers exactly', async () => {
    const created = await api.call('POST', '/v2/environments', {
      text: '{"name": "prod", "variables": {"host": "db1", "f": 4.0, "n": 12345678901234567890}}',
      headers: { 'content-type': 'application/json' },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      name: 'prod',
      description: null,
      variables: '{"host": "db1", "f": 4.0, "n": 12345678901234567890}',
      scope: 'private',
      updated_at: null,
    });
    const updated = await api.put('/v2/environments', { name: 'prod', description: 'x', variables: '{"a": 1}' });
    expect([updated.status, updated.body['variables'], updated.body['description']]).toEqual([200, '{"a": 1}', 'x']);
    expect((await api.put('/v2/environments', { name: 'prod', scope: 'private' })).body['variables']).toBe('{"a": 1}');
    expect((await api.get('/v2/environments/prod?fields=variables')).body).toEqual({
      id: created.body['id'],
      variables: '{"a": 1}',
    });
    expect((await api.post('/v2/environments', { name: 'prod', variables: {} })).body['faultstring']).toBe(
      "Duplicate entry for Environment ['name', 'project_id']: prod, None",
    );
    expect((await api.delete('/v2/environments/prod')).status).toBe(204);
    expect((await api.get('/v2/environments/prod')).body['faultstring']).toBe('Environment not found [name=prod]');
  });

  it.each([
    ['POST', { id: 'x', name: 'e' }, 400, 'Please, check your environment definition.'],
    ['POST', { foo: 1, name: 'e' }, 400, 'Unknown attribute for argument env: foo'],
    ['POST', { variables: {} }, 400, 'Name of the environment is not provided.'],
    ['PUT', { variables: {} }, 400, 'Name of the environment is not provided.'],
    ['PUT', { name: 'absent' }, 404, 'Environment not found [name=absent]'],
    ['POST', { name: 'e', scope: 'all' }, 400, 'Value should be one of: public, private'],
    ['POST', { name: 'e\u0000' }, 400, 'code zero'],
    ['POST', { name: 'e'.repeat(300) }, 400, 'too long'],
  ] as const)('refuse %s of %j', async (method, json, status, reason) => {
    const answer = await api.call(method, '/v2/environments', { json });
    expect(answer.status).toBe(status);
    expect(answer.body['faultstring']).toContain(reason);
  });
});
