import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
of_empty_lists:
  tasks:
    a: {action: std.noop, on-success: b}
    b: {with-items: "i in <% [] %>", action: std.noop, on-success: b}
of_sub_workflows_that_do_not_exist:
  tasks:
    a: {action: std.noop, on-success: b}
    b: {workflow: nope, on-error: b}
of_joins:
  tasks:
    a: {action: std.noop, on-success: b}
    b: {join: one, workflow: nope, on-error: b}
of_actions:
  tasks:
    a: {action: std.noop, on-success: b}
    b: {action: std.noop, on-success: b}
quick:
  tasks:
    only: {action: std.noop}
`;
const LOOPS = ['of_empty_lists', 'of_sub_workflows_that_do_not_exist', 'of_joins', 'of_actions'];

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

async function tasksOf(id: string): Promise<number> {
  const { headers } = await api.get(`/v2/executions/${id}/tasks?limit=1&count=true`);
  return Number(headers['x-total-count']);
}

it.each(LOOPS)('an endless loop %s goes on until it is cancelled, and holds up nobody meanwhile', async (name) => {
  const id = (await api.post('/v2/executions', { workflow_name: name })).body['id'] ?? '';
  const first = await until(async () => (await tasksOf(id)) || false);
  await until(async () => (await tasksOf(id)) > first);

  const other = await api.post('/v2/executions?wait=20', { workflow_name: 'quick' });
  const stopped = await api.put(`/v2/executions/${id}`, { state: 'CANCELLED' });
  const last = await tasksOf(id);

  expect(other.body).toMatchObject({ state: 'SUCCESS' });
  expect(stopped.body).toMatchObject({ state: 'CANCELLED' });
  expect((await api.get(`/v2/executions/${id}`)).body).toMatchObject({ state: 'CANCELLED' });
  expect(await tasksOf(id)).toBe(last);
});
