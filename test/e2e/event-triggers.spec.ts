import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Database } from '../../src/store/index.js';
import { EventsService } from '../../src/scheduler/index.js';
import { until } from '../support/until.js';
import { type Answer, ApiUnderTest, type Body } from './api-under-test.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const ADMIN = { 'x-roles': 'admin' };
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const TARGET = `version: '2.0'
target:
  input: [{vm: none}]
  output: {host: <% execution().params.event_params.host %>}
  tasks: {t: {action: std.noop}}
other:
  input: [must]
  tasks: {t: {action: std.noop}}
`;

let api: ApiUnderTest;
let workflowId: string;
let otherId: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const { body } = await api.upload('/v2/workflows', TARGET);
  workflowId = body['workflows']?.[0]?.['id'] ?? '';
  otherId = body['workflows']?.[1]?.['id'] ?? '';
});
afterAll(() => api.stop());

function aTrigger(event: string, changes: object = {}): object {
  return { name: `on-${event}`, workflow_id: workflowId, exchange: 'nova', topic: 'notifications', event, ...changes };
}

async function create(event: string, changes: object = {}): Promise<string> {
  const { status, body } = await api.post('/v2/event_triggers', aTrigger(event, changes));
  if (status !== 201) throw new Error(body['faultstring']);
  return body['id'] ?? '';
}

function faultOf({ status, body }: Answer): readonly unknown[] {
  return [status, body['faultstring']];
}

describe('an event trigger', () => {
  it('is answered with all its fields, in order', async () => {
    const input = { workflow_input: { vm: 'a' }, workflow_params: '{"env": {"a": 1}}' };
    const created = await api.post('/v2/event_triggers', aTrigger('created', input));

    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(UUID),
      created_at: expect.stringMatching(DATE),
      updated_at: null,
      project_id: '<default-project>',
      name: 'on-created',
      workflow_id: workflowId,
      workflow_input: '{"vm": "a"}',
      workflow_params: '{"env": {"a": 1}}',
      exchange: 'nova',
      topic: 'notifications',
      event: 'created',
      scope: 'private',
    });
    const path = `/v2/event_triggers/${created.body['id'] ?? ''}`;
    expect((await api.get(path)).text).toBe(created.text);
    expect((await api.get(`${path}?fields=event`)).body).toEqual({ id: created.body['id'], event: 'created' });
  });

  it('needs neither a name nor input', async () => {
    const { status, body } = await api.post(
      '/v2/event_triggers',
      aTrigger('nameless', { name: null, workflow_input: null }),
    );
    expect([status, body['name'], body['workflow_input']]).toEqual([201, null, '{}']);
  });

  it('changes all but its event; what is left out stays', async () => {
    const id = await create('changing', { workflow_input: { vm: 'a' } });
    const path = `/v2/event_triggers/${id}`;
    const renamed = await api.put(path, { name: 'renamed', workflow_params: { read_only: true }, scope: null });
    expect([renamed.status, renamed.body['name'], renamed.body['workflow_input']]).toEqual([
      200,
      'renamed',
      '{"vm": "a"}',
    ]);
    expect(renamed.body).toMatchObject({
      workflow_params: '{"read_only": true}',
      updated_at: expect.stringMatching(DATE),
    });

    const moved = await api.put(path, { workflow_id: otherId, workflow_input: { must: 1 } });
    expect(moved.body).toMatchObject({ workflow_id: otherId, workflow_input: '{"must": 1}' });
    for (const field of ['exchange', 'topic', 'event']) {
      const text = "Can not update fields ['exchange', 'topic', 'event'] of event trigger.";
      expect(faultOf(await api.put(path, { [field]: 'x' }))).toEqual([400, text]);
    }
  });

  it('can be deleted, once', async () => {
    const path = `/v2/event_triggers/${await create('deleted')}`;
    expect((await api.delete(path)).status).toBe(204);
    const text = `Event trigger not found [id=${path.slice(19)}].`;
    expect(faultOf(await api.delete(path))).toEqual([404, text]);
    expect(faultOf(await api.get(path))).toEqual([404, text]);
    expect(faultOf(await api.put(path, { name: 'x' }))).toEqual([404, text]);
  });

  it('keeps its workflow', async () => {
    const { body } = await api.upload('/v2/workflows', "version: '2.0'\nkept: {tasks: {t: {action: std.noop}}}\n");
    const id = await create('keeping', { workflow_id: body['workflows']?.[0]?.['id'] });
    expect(faultOf(await api.delete('/v2/workflows/kept'))).toEqual([
      400,
      `Can't delete workflow that has event triggers associated. [workflow_identifier=kept, namespace=], [event_trigger_id(s)=${id}]`,
    ]);
  });
});

describe('refused is', () => {
  const needed = "Params {'exchange', 'topic', 'event', 'workflow_id'} must be provided for creating event trigger.";
  const noUuid =
    "Invalid input for field/attribute workflow_id. Value: 'abc'. unable to convert to uuid. Error: Expected a uuid but received abc.";

  it.each<[string, object, number, string]>([
    ['no exchange', { exchange: undefined }, 400, needed],
    ['an empty topic', { topic: '' }, 400, needed],
    ['no event', { event: null }, 400, needed],
    ['no workflow', { workflow_id: undefined }, 400, needed],
    ['a workflow by name', { workflow_id: 'abc' }, 400, noUuid],
    ['an unknown workflow', { workflow_id: UNKNOWN }, 404, `Workflow not found [workflow_id=${UNKNOWN}]`],
    [
      'input that does not fit',
      { workflow_input: { x: 1 } },
      400,
      "Invalid input [name=target, class=DirectWorkflowSpec, unexpected=['x']]",
    ],
    ['a foreign attribute', { foo: 1 }, 400, 'Unknown attribute for argument event_trigger: foo'],
    ['publishing', { scope: 'public' }, 403, 'Operation forbidden (insufficient permissions)'],
  ])('%s', async (_what, changes, status, text) => {
    expect(faultOf(await api.post('/v2/event_triggers', aTrigger('refused', changes)))).toEqual([status, text]);
  });

  it('the same workflow at the same events', async () => {
    await create('twice');
    const columns = "['exchange', 'topic', 'event', 'workflow_id', 'project_id']";
    expect(faultOf(await api.post('/v2/event_triggers', aTrigger('twice')))).toEqual([
      409,
      `Duplicate entry for EventTrigger ${columns}: nova, notifications, twice, ${workflowId}, None`,
    ]);
    expect(await create('twice', { workflow_id: otherId, workflow_input: { must: 1 } })).toMatch(UUID);
  });

  it('an identifier that is no UUID, and a change to a workflow that is not there', async () => {
    const text =
      "Invalid input for field/attribute id. Value: 'abc'. unable to convert to uuid. Error: Expected a uuid but received abc.";
    expect(faultOf(await api.get('/v2/event_triggers/abc'))).toEqual([400, text]);
    expect(faultOf(await api.put('/v2/event_triggers/abc', { name: 'x' }))).toEqual([400, text]);
    expect(faultOf(await api.delete('/v2/event_triggers/abc'))).toEqual([400, text]);
    const path = `/v2/event_triggers/${await create('moving')}`;
    expect(faultOf(await api.put(path, { workflow_id: UNKNOWN }))).toEqual([
      404,
      `Workflow not found [workflow_id=${UNKNOWN}]`,
    ]);
    expect((await api.put(path, { workflow_input: { x: 1 } })).status).toBe(400);
  });
});

describe('the list of event triggers', () => {
  it('filters and pages', async () => {
    await create('listed-a', { topic: 'listed' });
    await create('listed-b', { topic: 'listed' });
    const { body } = await api.get('/v2/event_triggers?topic=listed&limit=1&fields=event', { host: 'flow.example' });
    expect(body['event_triggers']).toEqual([{ id: expect.anything(), event: 'listed-a' }]);
    const next = (body['next'] ?? '').replace('http://flow.example', '');
    expect((await api.get(next)).body['event_triggers']).toEqual([{ id: expect.anything(), event: 'listed-b' }]);
    expect((await api.get('/v2/event_triggers?all_projects=1')).status).toBe(403);
    expect((await api.get('/v2/event_triggers?all_projects=1', ADMIN)).status).toBe(200);
    expect((await api.get('/v2/event_triggers?foo=1')).status).toBe(400);
  });
});

describe('an event', () => {
  async function fire(event: string, projectId?: string): Promise<readonly string[]> {
    const kind = { exchange: 'nova', topic: 'notifications', event };
    return api.app.get(EventsService).fireEvent({ ...kind, payload: { host: 'h1' }, ...(projectId && { projectId }) });
  }

  async function ended(id: string): Promise<Body> {
    return until(async () => {
      const { body } = await api.get(`/v2/executions/${id}`);
      return body['state'] === 'SUCCESS' && body;
    });
  }

  it('starts the workflows that wait for exactly it, with what it says', async () => {
    const triggerId = await create('boot', { workflow_params: { env: { a: 1 } } });
    const executions = await fire('boot');
    expect(executions).toHaveLength(1);
    const execution = await ended(executions[0] ?? '');
    const by = `{"type": "event_trigger", "id": "${triggerId}", "name": "on-boot"}`;
    expect(execution).toMatchObject({
      workflow_name: 'target',
      output: '{"host": "h1"}',
      description: `{"description": "Workflow execution created by event trigger '(${triggerId})'.", "triggered_by": ${by}}`,
    });
    expect(JSON.parse(execution['params'] ?? '')).toEqual({
      env: { a: 1 },
      event_params: { host: 'h1' },
      namespace: '',
    });
    expect(await fire('boot.start')).toEqual([]);
    expect((await api.get(`/v2/event_triggers/${triggerId}`)).body['workflow_params']).toBe('{"env": {"a": 1}}');
  });

  it('starts them once, also when the answer to the commit is lost and the transaction is repeated', async () => {
    await create('repeated');
    const database = api.app.get(Database);
    jest.spyOn(database, 'transaction').mockImplementationOnce(async (work) => {
      await database.transaction(work);
      return database.transaction(work);
    });
    const executions = await fire('repeated');
    expect(executions).toHaveLength(1);
    await ended(executions[0] ?? '');
    await until(async () => {
      const told = `SELECT FROM outbox WHERE kind = 'tell'`;
      return (await api.app.get(DataSource).query<readonly unknown[]>(told)).length === 0;
    });
    const { body } = await api.get('/v2/executions?description=has:on-repeated&fields=id');
    expect(body['executions']).toEqual([{ id: executions[0] }]);
  });

  it('of another project only reaches public triggers', async () => {
    await create('foreign');
    expect(await fire('foreign', 'other')).toEqual([]);
    expect(await fire('foreign', '<default-project>')).toHaveLength(1);
    await api.app.get(DataSource).query(`UPDATE event_triggers SET scope = 'public' WHERE event = 'foreign'`);
    expect(await fire('foreign', 'other')).toHaveLength(1);
  });

  it('starts the others when one workflow does not take the input any more', async () => {
    await create('mixed', { workflow_id: otherId, workflow_input: { must: 1 } });
    await create('mixed');
    await api.app.get(DataSource).query(`UPDATE event_triggers SET workflow_input = '{}' WHERE event = 'mixed'`);
    const executions = await fire('mixed');
    expect(executions).toHaveLength(1);
    expect((await ended(executions[0] ?? ''))['workflow_name']).toBe('target');
  });
});
