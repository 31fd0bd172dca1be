import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOW = `version: '2.0'
slow:
  tasks:
    nap:
      action: std.js
      input: {script: for (;;);}
      timeout: 1
      retry: {count: 3, delay: 1}
`;

let api: ApiUnderTest;

/** Nobody fires timers, so the executor is the first to notice that the time is over. */
beforeAll(async () => {
  api = await ApiUnderTest.start({ ROLES: 'api,engine,executor' });
  await api.upload('/v2/workflows', WORKFLOW);
});
afterAll(() => api.stop());

it('a timeout that an executor notices before the timer is the timeout of the task, whatever its retries', async () => {
  const { body } = await api.post('/v2/executions?wait=30', { workflow_name: 'slow' });
  const [nap] = (await api.get(`/v2/executions/${body['id'] ?? ''}/tasks`)).body['tasks'] ?? [];

  expect(body).toMatchObject({ state: 'ERROR' });
  expect(nap).toMatchObject({ state: 'ERROR', state_info: 'Task timed out [timeout(s)=1].' });
});
