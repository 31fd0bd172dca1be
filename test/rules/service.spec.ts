import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../e2e/api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});

afterAll(() => api.stop());

async function upload(kind: 'workflows' | 'actions', text: string, namespace = ''): Promise<void> {
  const { status } = await api.call('POST', `/v2/${kind}?namespace=${namespace}`, { text });
  expect(status).toBe(201);
}

async function start(json: Readonly<Record<string, unknown>>) {
  return (await api.call('POST', '/v2/executions', { json })).body;
}

describe('the service', () => {
  it('5.60 a start with an id that exists gives the old execution and ignores the new input', async () => {
    await upload('workflows', "version: '2.0'\nr60: {input: [x], tasks: {t: {action: std.async_noop}}}");
    const id = '6a6a6a6a-0000-4000-8000-000000000060';

    await start({ id, workflow_name: 'r60', input: { x: 1 } });
    const again = await start({ id, workflow_name: 'r60', input: { x: 2 } });

    expect(again).toMatchObject({ id, input: '{"x": 1}' });
  });

  it('5.77 deleting a definition does not disturb what runs', async () => {
    await upload('workflows', "version: '2.0'\nr77: {tasks: {t: {action: std.async_noop}}}");
    const { id } = await start({ workflow_name: 'r77' });

    expect((await api.call('DELETE', '/v2/workflows/r77')).status).toBe(204);
    await api.call('PUT', `/v2/executions/${id}`, { json: { state: 'CANCELLED' } });

    expect((await api.call('GET', `/v2/executions/${id}`)).body['state']).toBe('CANCELLED');
  });

  it('5.80 a start wants the exact namespace; sub-workflows and actions fall back to the default one', async () => {
    await upload('actions', "version: '2.0'\nr80_act: {base: std.echo output=1}");
    await upload('workflows', "version: '2.0'\nr80_sub: {tasks: {s: {action: r80_act}}}");
    await upload('workflows', "version: '2.0'\nr80: {tasks: {t: {workflow: r80_sub}, u: {action: r80_act}}}", 'space');

    const refused = await api.call('POST', '/v2/executions', { json: { workflow_name: 'r80' } });
    const { id } = await start({ workflow_name: 'r80', workflow_namespace: 'space' });
    const { state } = (await api.call('GET', `/v2/executions/${id}`)).body;

    expect(refused.status).toBe(404);
    expect(state).toBe('SUCCESS');
  });

  it('5.83 an ad-hoc action run on its own gives what its output makes (Mistral skips it)', async () => {
    await upload('actions', "version: '2.0'\nr83: {base: std.echo output=1, output: <% $ + 1 %>}");

    const { body } = await api.call('POST', '/v2/action_executions', {
      json: { name: 'r83', params: { run_sync: true } },
    });

    expect(body['output']).toBe('{"result": 2}');
  });
});
