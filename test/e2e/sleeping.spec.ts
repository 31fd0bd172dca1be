import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { until } from '../support/until.js';
import { ApiUnderTest, type Body } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
naps:
  input: [n, seconds]
  tasks:
    nap: {action: std.sleep seconds=<% $.seconds %>, with-items: i in <% range($.n) %>}
doze:
  input: [{seconds: 1}]
  output: {r: <% $.r %>}
  tasks:
    nap: {action: 'std.echo output="morning" delay=<% $.seconds %>', publish: {r: <% task().result %>}}
limited:
  tasks:
    nap: {action: std.sleep seconds=600, timeout: 1}
compute:
  output: {r: <% $.r %>}
  tasks:
    js: {action: std.js, input: {script: return 6 * 7}, publish: {r: <% task().result %>}}
`;

let api: ApiUnderTest;

/** One place, and sleepers that would take it. */
beforeAll(async () => {
  api = await ApiUnderTest.start({ EXECUTOR_CONCURRENCY: '1' });
  expect((await api.upload('/v2/workflows', WORKFLOWS)).status).toBe(201);
});
afterAll(() => api.stop());

async function start(workflow_name: string, input = {}, query = ''): Promise<Body> {
  return (await api.post(`/v2/executions${query}`, { workflow_name, input })).body;
}

async function anAction(input: object, params: object): Promise<string> {
  const name = 'std.sleep';
  return (await api.post('/v2/action_executions', { name, input: JSON.stringify(input), params })).body['id'] ?? '';
}

async function actionOf({ id }: Body): Promise<Body> {
  const tasks = (await api.get(`/v2/executions/${id}/tasks`)).body['tasks'] ?? [];
  const actions = (await api.get(`/v2/tasks/${tasks[0]?.['id']}/action_executions`)).body['action_executions'] ?? [];
  return (await api.get(`/v2/action_executions/${actions[0]?.['id']}`)).body;
}

async function ended(id: string): Promise<Body> {
  return until(async () => {
    const { body } = await api.get(`/v2/action_executions/${id}`);
    return body['state'] !== 'RUNNING' && body;
  });
}

describe('what only waits', () => {
  it('holds no place of an executor: a hundred sleepers, and some on their own, keep nobody waiting', async () => {
    const naps = await start('naps', { n: 100, seconds: 600 });
    const own = await anAction({ seconds: 600 }, { save_result: true });

    expect(await start('compute', {}, '?wait=30')).toMatchObject({ state: 'SUCCESS', output: '{"r": 42}' });
    const claimed = `SELECT id FROM action_executions WHERE dispatch <> 'timer' AND name = 'std.sleep'`;
    expect(await api.app.get(DataSource).query(claimed)).toEqual([]);

    await api.put(`/v2/executions/${naps['id'] ?? ''}`, { state: 'CANCELLED' });
    await api.put(`/v2/action_executions/${own}`, { state: 'SUCCESS' });
    expect((await actionOf(naps))['state']).toBe('CANCELLED');
  });

  it('has its result when the time is over', async () => {
    expect(await start('doze', {}, '?wait=30')).toMatchObject({ state: 'SUCCESS', output: '{"r": "morning"}' });
  });

  it('may be ended early from outside', async () => {
    const doze = await start('doze', { seconds: 600 });
    const { id } = await actionOf(doze);
    await api.put(`/v2/action_executions/${id}`, { state: 'SUCCESS', output: '{"a": 1}' });

    expect((await api.get(`/v2/executions/${doze['id'] ?? ''}`)).body).toMatchObject({ state: 'SUCCESS' });
  });

  it('is ended by the timeout of its task in the words of one that runs', async () => {
    const limited = await start('limited', {}, '?wait=30');

    expect(limited).toMatchObject({ state: 'ERROR' });
    const action = await actionOf(limited);
    expect(action).toMatchObject({ state: 'ERROR' });
    expect(action['output']).toContain("msg='Timeout after 1 seconds'");
  });
});

describe('an action on its own that only waits', () => {
  it('has its result when the time is over', async () => {
    const action = await ended(await anAction({ seconds: 1 }, { save_result: true }));

    expect(action).toMatchObject({ state: 'SUCCESS', output: '{"result": null}' });
  });

  it('times out as one that runs', async () => {
    const action = await ended(await anAction({ seconds: 600 }, { save_result: true, timeout: 1 }));

    expect(action).toMatchObject({ state: 'ERROR' });
    expect(action['output']).toContain("msg='Timeout after 1 seconds'");
  });

  it('may be ended early, and leaves no timer behind', async () => {
    const id = await anAction({ seconds: 600 }, { save_result: true });
    await api.put(`/v2/action_executions/${id}`, { state: 'SUCCESS', output: '{"a": 1}' });

    expect(await ended(id)).toMatchObject({ state: 'SUCCESS', output: '{"result": {"a": 1}}' });
    expect(await api.app.get(DataSource).query('SELECT id FROM timers')).toEqual([]);
  });

  it('is waited for by the request with run_sync', async () => {
    const params = { run_sync: true };
    const body = { name: 'std.sleep', input: '{"seconds": 1}', params };

    expect((await api.post('/v2/action_executions', body)).body).toMatchObject({ state: 'SUCCESS' });
  });
});
