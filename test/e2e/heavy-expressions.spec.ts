import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { ApiUnderTest } from './api-under-test.js';

/** Takes some tenths of a second, which is more than a decision may take, and is 3. */
const HEAVY = 'range(60000).select($ * 2).sum() * 0 + 3';
/** As long as a thread may take. */
const ENDLESS = '("a" * 50000) =~ "(a|aa)+$b"';

const WORKFLOWS = `version: '2.0'
everywhere:
  input: [n]
  vars: {v: '<% ${HEAVY} + $.n %>'}
  output: {o: '<% ${HEAVY} + $.p %>', env: '<% env().e %>', items: '<% $.items %>', n: '<% $.n %>', from: '<% $.from %>'}
  tasks:
    a:
      action: std.echo output=<% ${HEAVY} + $.v %>
      publish: {p: '<% ${HEAVY} + task().result %>', from: '<% [${HEAVY}, task(a).name, execution().name] %>'}
      on-success: [{b: '<% ${HEAVY} = 3 %>'}, {never: '<% ${HEAVY} = 4 %>'}]
    b:
      with-items: i in <% range($.n + ${HEAVY}) %>
      action: std.echo output=<% ${HEAVY} + $.i %>
      publish: {items: <% task().result %>}
    never: {action: std.fail}
failing:
  tasks:
    a: {action: 'std.echo output=<% ${HEAVY} + $.nothing.at.all %>', on-error: b}
    b: {action: std.noop}
endless:
  tasks:
    a: {action: 'std.echo output=<% ${ENDLESS} %>'}
waiting:
  tasks:
    a: {action: std.async_noop, on-success: b}
    b: {action: 'std.echo output=<% ${ENDLESS} %>'}
quick:
  tasks:
    only: {action: std.noop}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start({ EVALUATION_TIMEOUT_SECONDS: '10' });
  expect(await api.upload('/v2/workflows', WORKFLOWS)).toMatchObject({ status: 201 });
});
afterAll(() => api.stop());

async function start(name: string, input = {}, params = {}): Promise<string> {
  const { body } = await api.post('/v2/executions', { workflow_name: name, input, params });
  return body['id'] ?? '';
}

async function ended(id: string) {
  return until(async () => {
    const { body } = await api.get(`/v2/executions/${id}`);
    return body['state'] !== 'RUNNING' && body;
  });
}

describe('expressions that are too much for a decision', () => {
  it('have the values that they would have there, wherever they stand', async () => {
    const { state, output } = await ended(await start('everywhere', { n: 1 }, { env: { e: `<% ${HEAVY} %>` } }));

    expect(state).toBe('SUCCESS');
    expect(JSON.parse(output ?? '')).toEqual({
      o: 13,
      env: 3,
      items: [3, 4, 5, 6],
      n: 1,
      from: [3, 'a', 'everywhere'],
    });
  });

  it('fail as they would there', async () => {
    const { state, state_info: info } = await ended(await start('failing'));

    expect(state).toBe('ERROR');
    expect(info).toContain(`Failed to run task [error=Can not evaluate YAQL expression [expression=${HEAVY} + $.noth`);
  });

  it('let a start be answered, a cancel have its turn, and others go on', async () => {
    const id = await start('endless');
    expect((await api.get(`/v2/executions/${id}`)).body).toMatchObject({ state: 'RUNNING' });

    const other = await api.post('/v2/executions?wait=20', { workflow_name: 'quick' });
    const stopped = await api.put(`/v2/executions/${id}`, { state: 'CANCELLED' });

    expect(other.body).toMatchObject({ state: 'SUCCESS' });
    expect(stopped.body).toMatchObject({ state: 'CANCELLED' });
  });

  it('let a pause have its turn before the result that made them due', async () => {
    const id = await start('waiting');
    const { body } = await api.get(`/v2/action_executions?limit=1&sort_keys=created_at&sort_dirs=desc`);
    const done = api.put(`/v2/action_executions/${body['action_executions']?.[0]?.['id'] ?? ''}`, { state: 'SUCCESS' });
    const stopped = await api.put(`/v2/executions/${id}`, { state: 'CANCELLED' });

    expect(stopped.body).toMatchObject({ state: 'CANCELLED' });
    expect((await done).status).toBe(200);
  });
});
