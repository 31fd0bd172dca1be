import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const ADMIN = { 'x-roles': 'admin' };
const TARGET = `version: '2.0'
target:
  input: [vm, {flavor: m1}]
  tasks: {t: {action: std.noop}}
`;

let api: ApiUnderTest;
let workflowId: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ CRON_ENABLED: 'false' });
  const { body } = await api.upload('/v2/workflows', TARGET);
  workflowId = body['workflows']?.[0]?.['id'] ?? '';
});
afterAll(() => api.stop());

function aTrigger(name: string, changes: object = {}): object {
  return { name, workflow_name: 'target', workflow_input: { vm: 'a1' }, pattern: '0 3 * * *', ...changes };
}

/** `2030-01-31 10:00` so many minutes from now. */
function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

async function faultOf(body: object): Promise<readonly unknown[]> {
  const answer = await api.post('/v2/cron_triggers', body);
  return [answer.status, answer.body['faultstring']];
}

async function names(query: string): Promise<readonly string[]> {
  const { status, body } = await api.get(`/v2/cron_triggers?${query}`);
  if (status !== 200) throw new Error(body['faultstring']);
  return (body['cron_triggers'] ?? []).map((one) => one['name'] ?? '');
}

describe('a cron trigger', () => {
  it('is answered with all its fields, in order, and found by name and id', async () => {
    const created = await api.post('/v2/cron_triggers', aTrigger('nightly', { workflow_params: '{"env": {"a": 1}}' }));

    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(UUID),
      name: 'nightly',
      workflow_name: 'target',
      workflow_id: workflowId,
      workflow_input: '{"vm": "a1"}',
      workflow_params: '{"env": {"a": 1}}',
      project_id: '<default-project>',
      scope: 'private',
      pattern: '0 3 * * *',
      remaining_executions: null,
      first_execution_time: null,
      next_execution_time: expect.stringMatching(/^\d{4}-\d\d-\d\d 03:00:00$/),
      created_at: expect.stringMatching(DATE),
      updated_at: null,
    });
    const [byName, byId] = [
      await api.get('/v2/cron_triggers/nightly'),
      await api.get(`/v2/cron_triggers/${created.body['id'] ?? ''}`),
    ];
    expect([byName.text, byId.text]).toEqual([created.text, created.text]);
    expect((await api.get('/v2/cron_triggers/nightly?fields=pattern,nothing')).body).toEqual({
      id: created.body['id'],
      pattern: '0 3 * * *',
    });
  });

  it('takes nulls, and numbers as text', async () => {
    const nulls = { workflow_id: null, workflow_params: null, first_execution_time: null, scope: null };
    const { status, body } = await api.post(
      '/v2/cron_triggers',
      aTrigger('counted', { ...nulls, remaining_executions: '42' }),
    );
    expect([status, body['remaining_executions'], body['workflow_params']]).toEqual([201, 42, '{}']);
    expect((await api.post('/v2/cron_triggers', aTrigger('endless', { remaining_executions: null }))).status).toBe(201);
  });

  it('with only a first time runs once, then', async () => {
    const first = inMinutes(5);
    const { status, body } = await api.post(
      '/v2/cron_triggers',
      aTrigger('once', { pattern: null, first_execution_time: first }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      pattern: '0 0 30 2 0',
      remaining_executions: 1,
      first_execution_time: `${first}:00`,
      next_execution_time: `${first}:00`,
    });
  });

  it('with a first time and a pattern first runs at that time', async () => {
    const plan = { first_execution_time: inMinutes(90), remaining_executions: 2 };
    const { body } = await api.post('/v2/cron_triggers', aTrigger('later', plan));
    expect(body).toMatchObject({
      pattern: '0 3 * * *',
      next_execution_time: `${plan.first_execution_time}:00`,
      remaining_executions: 2,
    });
  });

  it('names its workflow by name in the default namespace, or by id in any', async () => {
    const { body } = await api.upload('/v2/workflows?namespace=north', TARGET.replace('target', 'spaced'));
    const id = body['workflows']?.[0]?.['id'];
    const wanted = { workflow_name: 'spaced', workflow_id: undefined };
    expect(await faultOf(aTrigger('by-name', wanted))).toEqual([
      404,
      'Workflow not found [workflow_identifier=spaced, namespace=]',
    ]);
    const byId = await api.post('/v2/cron_triggers', aTrigger('by-id', { ...wanted, workflow_id: id }));
    expect([byId.status, byId.body['workflow_name']]).toEqual([201, 'spaced']);
  });

  it('can be deleted by name and by id, once', async () => {
    const { body } = await api.post('/v2/cron_triggers', aTrigger('gone'));
    await api.post('/v2/cron_triggers', aTrigger('gone-too'));
    expect((await api.delete(`/v2/cron_triggers/${body['id'] ?? ''}`)).status).toBe(204);
    expect((await api.delete('/v2/cron_triggers/gone-too')).status).toBe(204);
    const again = await api.delete('/v2/cron_triggers/gone-too');
    expect([again.status, again.body['faultstring']]).toEqual([404, 'Cron trigger not found [identifier=gone-too]']);
    expect((await api.get('/v2/cron_triggers/gone')).status).toBe(404);
  });

  it('keeps its workflow', async () => {
    await api.upload('/v2/workflows', TARGET.replace('target', 'kept'));
    const { body } = await api.post('/v2/cron_triggers', aTrigger('keeper', { workflow_name: 'kept' }));
    const refused = await api.delete('/v2/workflows/kept');
    expect([refused.status, refused.body['faultstring']]).toEqual([
      400,
      `Can't delete workflow that has cron triggers associated. [workflow_identifier=kept, namespace=], [cron_trigger_id(s)=${body['id'] ?? ''}]`,
    ]);
    await api.delete('/v2/cron_triggers/keeper');
    expect((await api.delete('/v2/workflows/kept')).status).toBe(204);
  });

  it('is published by admins only', async () => {
    const forbidden = [403, 'Operation forbidden (insufficient permissions)'];
    expect(await faultOf(aTrigger('public', { scope: 'public' }))).toEqual(forbidden);
    const json = aTrigger('public', { scope: 'public' });
    const { status, body } = await api.call('POST', '/v2/cron_triggers', { json, headers: ADMIN });
    expect([status, body['scope']]).toEqual([201, 'public']);
  });

  it('has no PUT', async () => {
    const { status, headers } = await api.put('/v2/cron_triggers/nightly', {});
    expect([status, headers['allow']]).toEqual([405, 'DELETE, GET']);
    expect((await api.put('/v2/cron_triggers', {})).status).toBe(405);
    expect((await api.delete('/v2/cron_triggers')).body['faultstring']).toBe('Missing argument: "identifier"');
  });
});

describe('refused is', () => {
  const wrong = (field: string, value: string, why: string): string =>
    `Invalid input for field/attribute ${field}. Value: '${value}'. ${why}`;

  it.each<[string, object, number, string]>([
    ['no name', { name: undefined }, 400, 'Name of the cron trigger is not provided.'],
    ['no time', { pattern: null }, 400, 'Pattern or first_execution_time must be specified.'],
    ['an empty pattern', { pattern: '' }, 400, 'Pattern or first_execution_time must be specified.'],
    ['a pattern of four fields', { pattern: '0 3 * *' }, 400, 'The specified pattern is not valid: 0 3 * *'],
    ['a pattern that never comes', { pattern: '0 0 30 2 *' }, 400, 'The specified pattern is not valid: 0 0 30 2 *'],
    [
      'another format of time',
      { first_execution_time: '2030-01-01T10:00' },
      400,
      "time data '2030-01-01T10:00' does not match format '%Y-%m-%d %H:%M'",
    ],
    [
      'a day that does not exist',
      { first_execution_time: '2030-02-30 10:00' },
      400,
      "time data '2030-02-30 10:00' does not match format '%Y-%m-%d %H:%M'",
    ],
    [
      'a time past',
      { first_execution_time: '2020-01-01 10:00' },
      400,
      'first_execution_time must be at least 1 minute in the future.',
    ],
    [
      'a count without pattern',
      { pattern: null, first_execution_time: inMinutes(9), remaining_executions: 2 },
      400,
      'Pattern must be provided if count is superior to 1.',
    ],
    [
      'no execution at all',
      { remaining_executions: 0 },
      400,
      wrong('remaining_executions', '0', 'Value should be greater or equal to 1.'),
    ],
    [
      'a negative count',
      { remaining_executions: '-1' },
      400,
      wrong('remaining_executions', '-1', 'Value should be greater or equal to 1.'),
    ],
    [
      'a count in words',
      { remaining_executions: 'two' },
      400,
      wrong('remaining_executions', 'two', "Wrong type. Expected 'integer', got 'string'"),
    ],
    [
      'no workflow',
      { workflow_name: null },
      400,
      'Workflow ID or workflow name must be provided. Workflow ID is recommended.',
    ],
    [
      'an unknown workflow',
      { workflow_name: 'nope' },
      404,
      'Workflow not found [workflow_identifier=nope, namespace=]',
    ],
    [
      'input that is missing',
      { workflow_input: {} },
      400,
      "Invalid input [name=target, class=DirectWorkflowSpec, missing=['vm']]",
    ],
    [
      'input that is unexpected',
      { workflow_input: { vm: 1, x: 2 } },
      400,
      "Invalid input [name=target, class=DirectWorkflowSpec, unexpected=['x']]",
    ],
    [
      'input that is no object',
      { workflow_input: '[1]' },
      400,
      'JsonType field value must be a dictionary [actual=[1]]',
    ],
    ['a foreign attribute', { foo: 1 }, 400, 'Unknown attribute for argument cron_trigger: foo'],
    ['a project', { project_id: 'x' }, 400, wrong('project_id', 'x', 'Cannot set read only field.')],
    ['an unknown scope', { scope: 'all' }, 400, wrong('scope', 'all', 'Value should be one of: public, private')],
  ])('%s', async (_what, changes, status, text) => {
    expect(await faultOf(aTrigger('refused', changes))).toEqual([status, text]);
    expect((await api.get('/v2/cron_triggers/refused')).status).toBe(404);
  });

  it('a taken name, and the same plan for the same work', async () => {
    await api.post('/v2/cron_triggers', aTrigger('taken'));
    const text = "Duplicate entry for CronTrigger ['name', 'project_id']: taken, None";
    expect(await faultOf(aTrigger('taken', { pattern: '1 1 * * *' }))).toEqual([409, text]);

    const plan = { first_execution_time: inMinutes(60), remaining_executions: 3 };
    expect((await api.post('/v2/cron_triggers', aTrigger('plan', plan))).status).toBe(201);
    const [status, same] = await faultOf(aTrigger('same-plan', plan));
    expect([status, String(same).slice(0, 32)]).toEqual([409, 'Duplicate entry for CronTrigger ']);
    expect(
      (await api.post('/v2/cron_triggers', aTrigger('other-plan', { ...plan, remaining_executions: 4 }))).status,
    ).toBe(201);
  });

  it('a body that is none', async () => {
    expect((await api.call('POST', '/v2/cron_triggers')).body['faultstring']).toBe('Missing argument: "cron_trigger"');
    expect((await api.upload('/v2/cron_triggers', 'x')).status).toBe(415);
  });
});

describe('the list of cron triggers', () => {
  beforeEach(async () => {
    for (const name of await names('limit=100')) await api.call('DELETE', `/v2/cron_triggers/${name}`);
    for (const [name, pattern] of [
      ['c', '0 3 * * *'],
      ['a', '30 4 * * 1'],
      ['b', '0 3 * * *'],
    ] as const)
      await api.post(
        '/v2/cron_triggers',
        aTrigger(name, { pattern, remaining_executions: name === 'a' ? 7 : undefined }),
      );
  });

  it('sorts, pages by id and by name, and links on', async () => {
    expect(await names('')).toEqual(['c', 'a', 'b']);
    expect(await names('sort_keys=name&sort_dirs=desc')).toEqual(['c', 'b', 'a']);
    const { body } = await api.get('/v2/cron_triggers?sort_keys=name&limit=2', { host: 'flow.example' });
    const last = body['cron_triggers']?.[1]?.['id'] ?? '';
    expect(body['next']).toBe(
      `http://flow.example/v2/cron_triggers?sort_keys=name,id&sort_dirs=asc,asc&limit=2&marker=${last}`,
    );
    expect(await names(`sort_keys=name&limit=2&marker=${last}`)).toEqual(['c']);
    expect(await names('sort_keys=name&marker=a')).toEqual(['b', 'c']);
    const unknown = await api.get('/v2/cron_triggers?marker=nope');
    expect([unknown.status, unknown.body['faultstring']]).toEqual([404, 'Cron trigger not found [identifier=nope]']);
  });

  it.each([
    ['name=a', ['a']],
    ['name=in:a,b', ['a', 'b']],
    ['workflow_name=target&name=neq:a', ['c', 'b']],
    ['pattern=0 3 * * *', ['c', 'b']],
    ['remaining_executions=7', ['a']],
    ['scope=private', ['c', 'a', 'b']],
    ['scope=none', []],
    ['workflow_input={"vm":"a1"}', ['c', 'a', 'b']],
    ['workflow_input={"vm":"b1"}', []],
    ['workflow_params={}', ['c', 'a', 'b']],
    ['first_execution_time=2030-01-01 10:00:00', []],
    ['next_execution_time=gt:2026-01-01 00:00:00', ['c', 'a', 'b']],
    ['created_at=lt:2026-01-01 00:00:00', []],
    ['updated_at=gt:2026-01-01 00:00:00', []],
    ['project_id=5f1c9a2e8d7b4c3f9a1e2d3c4b5a6978', []],
    ['all_projects=false', ['c', 'a', 'b']],
  ])('filters: %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('filters by workflow, and answers chosen fields', async () => {
    expect(await names(`workflow_id=${workflowId}&name=a`)).toEqual(['a']);
    const { body } = await api.get('/v2/cron_triggers?name=a&fields=pattern,name');
    expect(body['cron_triggers']).toEqual([{ id: expect.anything(), name: 'a', pattern: '30 4 * * 1' }]);
  });

  it.each([
    ['foo=1', 400],
    ['workflow_id=abc', 400],
    ['project_id=abc', 400],
    ['workflow_input={', 400],
    ['remaining_executions=many', 400],
    ['fields=foo', 400],
    ['limit=0', 400],
    ['sort_keys=foo', 400],
    ['all_projects=true', 403],
  ])('refuses %s', async (query, status) => {
    expect((await api.get(`/v2/cron_triggers?${query}`)).status).toBe(status);
  });

  it('of all projects is for admins', async () => {
    expect((await api.get('/v2/cron_triggers?all_projects=1', ADMIN)).status).toBe(200);
  });
});
