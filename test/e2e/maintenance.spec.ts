import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { until } from '../support/until.js';
import { type Answer, ApiUnderTest, type Body } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
outside:
  tasks:
    a: {action: std.async_noop, on-success: b}
    b: {action: std.noop}
parent:
  tasks:
    sub: {workflow: outside}
patient:
  tasks:
    a: {action: std.sleep seconds=0.3, on-success: b}
    b: {action: std.noop}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

beforeEach(async () => {
  await change('RUNNING');
  await complete();
});

async function change(status: string): Promise<unknown> {
  const answer = await api.put('/maintenance', { status });
  return answer.status === 200 ? answer.body['status'] : answer.body['faultstring'];
}

async function becomes(status: string): Promise<void> {
  await until(async () => (await api.get('/maintenance')).body['status'] === status);
}

async function start(workflow: string): Promise<string> {
  const { status, body } = await api.post('/v2/executions', { workflow_name: workflow });
  if (status !== 201) throw new Error(body['faultstring']);
  return body['id'] ?? '';
}

async function stateOf(id: string): Promise<unknown> {
  return (await api.get(`/v2/executions/${id}`)).body['state'];
}

async function complete(): Promise<readonly number[]> {
  const { body } = await api.get('/v2/action_executions?name=std.async_noop&state=RUNNING');
  const answers = (body['action_executions'] ?? []).map((one: Body) =>
    api.put(`/v2/action_executions/${one['id'] ?? ''}`, { state: 'SUCCESS' }),
  );
  return (await Promise.all(answers)).map(({ status }) => status);
}

function expectLocked(answer: Answer, state: string): void {
  const text = `Current Mistral state is ${state}. Method is not allowed`;
  expect([answer.status, answer.headers['server-error-message']]).toEqual([423, text]);
  expect(answer.body['faultstring']).toBe(text);
}

describe('the state', () => {
  it('is RUNNING, and stays it when asked again', async () => {
    expect((await api.get('/maintenance')).body).toEqual({ status: 'RUNNING' });
    expect(await change('RUNNING')).toBe('RUNNING');
  });

  it('goes through PAUSING to PAUSED, and back at once', async () => {
    expect(await change('PAUSED')).toBe('PAUSING');
    await becomes('PAUSED');
    expect(await change('PAUSED')).toBe('PAUSED');
    expect(await change('RUNNING')).toBe('RUNNING');
    expect((await api.get('/maintenance')).body).toEqual({ status: 'RUNNING' });
  });

  it.each<[object, number, string]>([
    [{ status: 'FOO' }, 400, "Not found FOO maintenance state. List of states: ['PAUSING', 'PAUSED', 'RUNNING']"],
    [{}, 400, "Not found None maintenance state. List of states: ['PAUSING', 'PAUSED', 'RUNNING']"],
    [
      { status: 'PAUSING' },
      400,
      'PAUSING is intermediate state. Ask for PAUSED; it becomes that when nothing runs any more.',
    ],
    [
      { status: 1 },
      400,
      "Invalid input for field/attribute status. Value: '1'. Wrong type. Expected 'string', got 'integer'",
    ],
    [{ foo: 1 }, 400, 'Unknown attribute for argument new_maintenance_status: foo'],
  ])('does not become %j', async (body, status, text) => {
    const answer = await api.put('/maintenance', body);
    expect([answer.status, answer.body['faultstring']]).toEqual([status, text]);
  });

  it('has no other methods', async () => {
    expect((await api.post('/maintenance', {})).status).toBe(405);
  });
});

describe('maintenance', () => {
  it('pauses every execution once its running actions have ended, and resumes all of them', async () => {
    const [outside, parent, paused] = [await start('outside'), await start('parent'), await start('outside')];
    await api.put(`/v2/executions/${paused}`, { state: 'PAUSED' });
    await change('PAUSED');
    await until(async () => (await stateOf(outside)) === 'PAUSED' && (await stateOf(parent)) === 'PAUSED');
    await delay(700);
    expect((await api.get('/maintenance')).body['status']).toBe('PAUSING');

    expect(await complete()).toEqual([200, 200, 200]);
    await becomes('PAUSED');
    expect([await stateOf(outside), await stateOf(parent), await stateOf(paused)]).toEqual([
      'PAUSED',
      'PAUSED',
      'PAUSED',
    ]);

    await change('RUNNING');
    for (const id of [outside, parent, paused]) await until(async () => (await stateOf(id)) === 'SUCCESS');
  });

  it('loses nobody who is told to pause and to resume at once', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => start('patient')));
    for (let i = 0; i < 5; i++) {
      await change('PAUSED');
      await delay(i * 40);
      await change('RUNNING');
    }
    for (const id of ids) await until(async () => (await stateOf(id)) === 'SUCCESS');
  });

  it('refuses changes, but neither reads, nor the end of what runs', async () => {
    const [id, other] = [await start('outside'), await start('outside')];
    await change('PAUSED');
    await until(async () => (await stateOf(id)) === 'PAUSED');
    const locked: readonly [string, string, object?][] = [
      ['POST', '/v2/executions', { workflow_name: 'outside' }],
      ['PUT', `/v2/executions/${id}`, { state: 'RUNNING' }],
      ['PUT', `/v2/executions/${id}`, { description: 'CANCELLED' }],
      ['DELETE', `/v2/executions/${id}`],
      ['POST', '/v2/workflows/validate'],
      ['DELETE', '/v2/workflows/outside'],
      ['POST', '/v2/action_executions', { name: 'std.noop' }],
      ['POST', '/v2/cron_triggers', {}],
    ];
    for (const [method, path, json] of locked) expectLocked(await api.call(method, path, { json }), 'PAUSING');
    const broken = { text: '{', headers: { 'content-type': 'application/json' } };
    expect((await api.call('PUT', `/v2/executions/${id}`, broken)).status).toBe(423);
    for (const path of ['/', '/v2/', '/v2/executions', '/v2/workflows/outside', '/maintenance', '/healthcheck'])
      expect((await api.get(path)).status).toBe(200);
    expect((await api.put(`/v2/executions/${id}`, { state: 'CANCELLED' })).status).toBe(200);

    await complete();
    await becomes('PAUSED');
    expectLocked(await api.put('/v2/action_executions/x', { state: 'SUCCESS' }), 'PAUSED');
    expect((await api.put(`/v2/executions/${other}`, { state: 'CANCELLED' })).status).toBe(200);
    expect(await stateOf(other)).toBe('CANCELLED');
  });

  it('also pauses what begins during it', async () => {
    await change('PAUSED');
    await becomes('PAUSED');
    await change('RUNNING');
    const id = await start('outside');
    await api.app.get(DataSource).query(`UPDATE settings SET value = 'PAUSED' WHERE name = 'maintenance'`);
    await until(async () => (await stateOf(id)) === 'PAUSED');
  });

  it('lets no cron trigger fire; its time comes when it is over', async () => {
    const trigger = { name: 'due', workflow_name: 'patient', pattern: '0 0 1 1 *', remaining_executions: 1 };
    expect((await api.post('/v2/cron_triggers', trigger)).status).toBe(201);
    await change('PAUSED');
    await becomes('PAUSED');
    await api.app.get(DataSource).query('UPDATE cron_triggers SET next_execution_time = clock_timestamp()');
    await delay(2_500);
    expect((await api.get('/v2/cron_triggers/due')).status).toBe(200);
    await change('RUNNING');
    await until(async () => (await api.get('/v2/cron_triggers/due')).status === 404);
  });
});

describe('GET /info', () => {
  it('is switched off by default', async () => {
    const { status, body } = await api.get('/info');
    expect([status, body['faultstring']]).toEqual([400, 'Info endpoint disabled.']);
  });

  it('answers the file of the operator, as it stands', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'info-'));
    const file = join(folder, 'info.json');
    const informed = await ApiUnderTest.start({ INFO_FILE: file });
    const wrong = [400, 'Incorrect path to info json file.'];
    const answer = async (): Promise<readonly unknown[]> => {
      const { status, body, text } = await informed.get('/info');
      return [status, status === 200 ? text : body['faultstring']];
    };
    expect(await answer()).toEqual(wrong);
    await writeFile(file, '{ "name": "flows" }\n');
    expect(await answer()).toEqual([200, '{ "name": "flows" }\n']);
    await writeFile(file, 'no JSON');
    expect(await answer()).toEqual(wrong);
    await informed.stop();
    await rm(folder, { recursive: true });
  });
});
