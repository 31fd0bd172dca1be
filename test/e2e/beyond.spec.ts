import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { ApiUnderTest, type Body } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
slow:
  tasks:
    t: {action: std.sleep seconds=600}
    s: {workflow: nested}
nested:
  tasks:
    t: {action: std.sleep seconds=600}
late:
  timeout: 1
  output-on-error: {late: true}
  tasks:
    t: {action: std.sleep seconds=600}
strict:
  input: [{port: 80}]
  input-schema: {port: {type: integer, minimum: 1}}
  output: {port: <% $.port %>}
  output-schema: {port: {maximum: 1000}}
  tasks:
    t: {action: std.noop}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

async function start(name: string, input: object = {}): Promise<string> {
  const { status, body } = await api.post('/v2/executions', { workflow_name: name, input });
  expect([status, body['faultstring']]).toEqual([201, undefined]);
  return body['id'] ?? '';
}

async function execution(id: string): Promise<Body> {
  return (await api.get(`/v2/executions/${id}`)).body;
}

async function actions(): Promise<readonly Body[]> {
  return (await api.get('/v2/action_executions')).body['action_executions'] ?? [];
}

describe('a cancelled execution', () => {
  it('has its running actions stopped, also those below it', async () => {
    const id = await start('slow');
    await until(async () => (await actions()).filter(({ state }) => state === 'RUNNING').length === 2);

    await api.put(`/v2/executions/${id}`, { state: 'CANCELLED' });
    await until(async () => (await actions()).every(({ state }) => state === 'CANCELLED'));

    // The parent's task hears of its sub-workflow after that has ended.
    const tasks = await until(async () => {
      const all = (await api.get('/v2/tasks')).body['tasks'] ?? [];
      return all.every(({ state }) => state === 'CANCELLED') && all;
    });
    await until(async () => (await execution(id))['state'] === 'CANCELLED');
    expect(tasks.map((task) => [task['workflow_name'], task['name'], task['state']]).toSorted()).toEqual([
      ['nested', 't', 'CANCELLED'],
      ['slow', 's', 'CANCELLED'],
      ['slow', 't', 'CANCELLED'],
    ]);
  });
});

describe('a workflow with a timeout', () => {
  it('ends, and so does what runs in it', async () => {
    const id = await start('late');
    await until(async () => (await execution(id))['state'] === 'ERROR');

    expect(await execution(id)).toMatchObject({ state_info: 'Workflow timed out [timeout(s)=1].' });
    expect(JSON.parse(String((await execution(id))['output']))).toMatchObject({ late: true });
    await until(async () => (await actions()).every(({ state }) => state === 'CANCELLED'));
  });
});

describe('a workflow with schemas', () => {
  it('refuses a start with a wrong input', async () => {
    const { status, body } = await api.post('/v2/executions', { workflow_name: 'strict', input: { port: 'http' } });

    expect([status, body['faultstring']]).toEqual([
      400,
      "Invalid input [name=strict, class=DirectWorkflowSpec, invalid=['port must be integer']]",
    ]);
  });

  it('ends in ERROR with a wrong output', async () => {
    const right = await start('strict', { port: 8 });
    const wrong = await start('strict', { port: 8080 });
    await until(async () => (await execution(wrong))['state'] === 'ERROR');

    expect((await execution(right))['state']).toBe('SUCCESS');
    expect((await execution(wrong))['state_info']).toContain("invalid=['port must be <= 1000']");
  });
});
