import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
deep:
  tasks:
    again: {workflow: deep}
caught:
  output-on-error: {nothing: 0}
  tasks:
    again: {workflow: caught, on-error: noticed}
    noticed: {action: std.noop}
doubling:
  tasks:
    left: {workflow: doubling, on-error: noop}
    right: {workflow: doubling, on-error: noop}
many:
  tasks:
    all: {with-items: i in <% range(31) %>, workflow: leaf}
leaf:
  tasks:
    only: {action: std.noop}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start({ MAX_EXECUTION_DEPTH: '6', MAX_EXECUTION_TREE_SIZE: '30' });
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

async function run(name: string): Promise<string> {
  const { body } = await api.post('/v2/executions?wait=30', { workflow_name: name });
  expect(['SUCCESS', 'ERROR']).toContain(body['state']);
  return body['id'] ?? '';
}

async function below(id: string): Promise<number> {
  const { headers } = await api.get(`/v2/executions?root_execution_id=${id}&limit=1&count=true`);
  return Number(headers['x-total-count']);
}

it('ends the task that would start a sub-workflow too deep with an error that says so', async () => {
  const id = await run('deep');

  const { text } = await api.get('/v2/tasks?workflow_name=deep&state=ERROR');
  expect(await below(id)).toBe(6);
  expect(text).toContain(
    'Failed to start sub-workflow [name=deep]: it would be 7 levels below its root execution, and MAX_EXECUTION_DEPTH allows 6.',
  );
});

it('leaves what follows to on-error', async () => {
  const id = await run('caught');

  expect((await api.get(`/v2/executions/${id}`)).body).toMatchObject({ state: 'SUCCESS' });
  expect(await below(id)).toBe(6);
});

it('ends a tree that would grow for ever', async () => {
  const id = await run('doubling');

  const { text } = await api.get('/v2/tasks?workflow_name=doubling&state=ERROR');
  expect(await below(id)).toBe(30);
  expect(text).toContain(
    'Failed to start sub-workflow [name=doubling]: its root execution has as many executions below it as MAX_EXECUTION_TREE_SIZE allows, 30.',
  );
});

it('starts none of the items when there is no room for all', async () => {
  const id = await run('many');

  expect(await below(id)).toBe(0);
  expect((await api.get(`/v2/executions/${id}`)).body['state_info']).toContain('MAX_EXECUTION_TREE_SIZE allows, 30.');
});
