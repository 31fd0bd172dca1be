import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EngineService } from '../../src/engine/index.js';
import { ClaimStore } from '../../src/store/index.js';
import { claimAs } from '../support/claims.js';
import { ApiUnderTest } from './api-under-test.js';

let api: ApiUnderTest;
let claims: ClaimStore;
let engine: EngineService;

/** No executor but the specs themselves. */
beforeAll(async () => {
  api = await ApiUnderTest.start({ ROLES: 'api,engine' });
  claims = api.app.get(ClaimStore, { strict: false });
  engine = api.app.get(EngineService, { strict: false });
});

afterAll(() => api.stop());

async function anAction(name: string): Promise<{ readonly id: string; readonly executionId: string }> {
  const workflow = `wf_${Math.random().toString(36).slice(2)}`;
  await api.upload('/v2/workflows', `version: '2.0'\n${workflow}:\n  tasks:\n    t: {action: ${name}}\n`);
  const executionId = (await api.post('/v2/executions', { workflow_name: workflow })).body['id'] ?? '';
  const tasks = await api.get(`/v2/executions/${executionId}/tasks`);
  const taskId = tasks.body['tasks']?.[0]?.['id'];
  const actions = await api.get(`/v2/tasks/${taskId}/action_executions`);
  return { id: actions.body['action_executions']?.[0]?.['id'] ?? '', executionId };
}

async function stateOf(id: string): Promise<unknown> {
  return (await api.get(`/v2/action_executions/${id}`)).body['state'];
}

it('does not let a stale loss hit a newer claim', async () => {
  const { id, executionId } = await anAction('std.http url="http://127.0.0.1:1/"');
  await claimAs(claims, [id], 'first', 0);
  expect(await claims.expiredLeases(10)).toMatchObject([{ actionId: id, claimedBy: 'first' }]);
  await claims.releaseClaims('first', [id]);
  expect(await claimAs(claims, [id], 'second', 60)).toHaveLength(1);

  await engine.report(id, executionId, 'lost');

  expect(await stateOf(id)).toBe('RUNNING');
  expect(await claims.keep('second', [id])).toEqual([{ id, unwanted: null }]);
});

it('ends an action whose executor is lost indeed', async () => {
  const { id, executionId } = await anAction('std.http url="http://127.0.0.1:1/"');
  await claimAs(claims, [id], 'first', 0);
  await claims.expiredLeases(10);

  await engine.report(id, executionId, 'lost');

  expect(await stateOf(id)).toBe('ERROR');
});

it('gives an asynchronous action to an executor that was paused before one came', async () => {
  const { id } = await anAction('std.mistral_http url="http://127.0.0.1:1/"');
  await api.put(`/v2/action_executions/${id}`, { state: 'PAUSED' });
  expect(await claimAs(claims, [id], 'first', 60)).toEqual([]);

  await api.put(`/v2/action_executions/${id}`, { state: 'RUNNING' });

  expect(await claimAs(claims, [id], 'first', 60)).toMatchObject([{ id, attempts: 1 }]);
  expect(await claimAs(claims, [id], 'second', 60)).toEqual([]);
});

it('leaves an asynchronous action to someone outside that was paused after its start', async () => {
  const { id } = await anAction('std.mistral_http url="http://127.0.0.1:1/"');
  await claimAs(claims, [id], 'first', 60);
  await api.put(`/v2/action_executions/${id}`, { state: 'PAUSED' });

  await api.put(`/v2/action_executions/${id}`, { state: 'RUNNING' });

  expect(await claimAs(claims, [id], 'second', 60)).toEqual([]);
  expect(await stateOf(id)).toBe('RUNNING');
});
