import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ClaimStore } from '../../src/store/index.js';
import { claimAs } from '../support/claims.js';
import { ApiUnderTest, type Body } from './api-under-test.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const WORKFLOWS = `version: '2.0'
busy:
  timeout: 3600
  tasks:
    held: {action: 'std.http url="http://127.0.0.1:1/"', on-success: [join]}
    queued: {action: 'std.http url="http://127.0.0.1:1/"', timeout: 60, on-success: [join]}
    asleep: {action: std.sleep seconds=600}
    outside: {action: std.async_noop}
    later: {action: std.noop, wait-before: 600}
    join: {join: all}
    first: {action: std.noop, on-success: [join]}
    sub: {workflow: child}
child:
  tasks:
    t: {action: std.async_noop}
`;

let api: ApiUnderTest;

/** No executor but the spec itself. */
beforeAll(async () => {
  api = await ApiUnderTest.start({ ROLES: 'api,engine' });
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

async function start(): Promise<string> {
  return (await api.post('/v2/executions', { workflow_name: 'busy' })).body['id'] ?? '';
}

function byName(answer: Body): Readonly<Record<string, Body>> {
  return Object.fromEntries((answer['tasks'] ?? []).map((task) => [task['name'], task as Body]));
}

it('explains what each unfinished task waits for', async () => {
  const id = await start();
  const held = byName((await api.get(`/v2/executions/${id}/why`)).body)['held']?.['waits_for']?.[0]?.['id'] ?? '';
  await claimAs(api.app.get(ClaimStore, { strict: false }), [held], 'node-1', 60);

  const { status, body } = await api.get(`/v2/executions/${id}/why`);
  const tasks = byName(body);

  expect(status).toBe(200);
  expect(body).toMatchObject({ id, workflow_name: 'busy', state: 'RUNNING', until: expect.stringMatching(DATE) });
  expect(Object.keys(tasks).toSorted()).toEqual(['asleep', 'held', 'join', 'later', 'outside', 'queued', 'sub']);
  expect(tasks['held']?.['waits_for']).toMatchObject([
    { kind: 'action', held_by: 'node-1', attempts: 1, until: expect.stringMatching(DATE) },
  ]);
  expect(tasks['queued']).toMatchObject({
    why: 'Action std.http waits for an executor with a free place.',
    timeout_at: expect.stringMatching(DATE),
  });
  expect(tasks['asleep']?.['waits_for']).toMatchObject([
    { why: 'Action std.sleep only waits for its time.', until: expect.stringMatching(DATE) },
  ]);
  expect(tasks['outside']?.['why']).toContain('its result comes from outside by PUT /v2/action_executions/');
  expect(tasks['later']?.['waits_for']).toMatchObject([{ kind: 'timer', until: expect.stringMatching(DATE) }]);
  expect(tasks['join']?.['why']).toBe('1 of 3 tasks has led here (join: all).');
  expect(tasks['sub']?.['waits_for']).toMatchObject([{ kind: 'execution', name: 'child', state: 'RUNNING' }]);
});

it('has nothing to explain for an execution that has ended, and knows no others', async () => {
  const id = await start();
  await api.put(`/v2/executions/${id}`, { state: 'CANCELLED' });

  expect((await api.get(`/v2/executions/${id}/why`)).body).toMatchObject({ state: 'CANCELLED' });
  expect((await api.get(`/v2/executions/${NOBODY}/why`)).status).toBe(404);
  expect((await api.get('/v2/executions/x/why')).status).toBe(400);
  expect((await api.get(`/v2/executions/${id}/why?nope=1`)).status).toBe(400);
});
