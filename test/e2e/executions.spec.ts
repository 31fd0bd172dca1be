import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { type Answer, ApiUnderTest } from './api-under-test.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const NOBODY = '00000000-0000-4000-8000-000000000000';

const WORKFLOWS = `version: '2.0'
quick:
  tags: [fast]
  input: [who, greeting: hello]
  output: {said: <% $.said %>}
  tasks:
    greet:
      action: std.echo output=<% $.greeting %>
      publish: {said: <% task().result %>}
      on-success: [many]
    many:
      with-items: i in <% [1, 2] %>
      action: std.echo output=<% $.i %>
waits:
  tasks:
    ask: {action: std.async_noop, on-error: [after]}
    after: {action: std.noop}
parent:
  tasks:
    sub: {workflow: quick who=1}
globals:
  vars: {v: 1}
  tasks:
    t: {action: std.noop, on-success: {publish: {global: {g: 4.0}}}}
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start({ MAX_LIMIT: '5' });
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

async function start(name: string, more: object = {}): Promise<string> {
  const { status, body } = await api.post('/v2/executions', { workflow_name: name, ...more });
  expect(status).toBe(201);
  return String(body['id']);
}

async function startToEnd(name: string, more: object = {}): Promise<string> {
  const id = await start(name, more);
  await until(async () => /SUCCESS|ERROR/.test((await api.get(`/v2/executions/${id}`)).body['state'] ?? ''));
  return id;
}

function ids({ body }: Answer, key = 'executions'): readonly unknown[] {
  return (body[key] ?? []).map((row) => row['id']);
}

describe('an execution', () => {
  it('is answered with every field', async () => {
    const id = await startToEnd('quick', { input: { who: 'a' }, description: 'mine' });
    expect((await api.get(`/v2/executions/${id}`)).body).toEqual({
      id,
      workflow_id: expect.stringMatching(UUID),
      workflow_name: 'quick',
      workflow_namespace: '',
      description: 'mine',
      tags: ['fast'],
      params: '{"namespace": "", "env": {}}',
      task_execution_id: null,
      root_execution_id: null,
      state: 'SUCCESS',
      state_info: null,
      input: '{"who": "a", "greeting": "hello"}',
      output: '{"said": "hello"}',
      created_at: expect.stringMatching(DATE),
      updated_at: expect.stringMatching(DATE),
      project_id: '<default-project>',
      published_global: '{}',
    });
  });

  it('shows only the fields asked for', async () => {
    const id = await startToEnd('quick', { input: { who: 'a' } });
    expect((await api.get(`/v2/executions/${id}?fields=state`)).body).toEqual({ id, state: 'SUCCESS' });
    expect((await api.get(`/v2/executions/${id}/state`)).body).toEqual({ id, state: 'SUCCESS' });
    const { status, body } = await api.get(`/v2/executions/${id}?fields=nope`);
    expect([status, body['faultstring']]).toEqual([400, "Field 'nope' does not exist."]);
  });

  it('shows what was published for all, without variables of the workflow, floats as floats', async () => {
    const id = await startToEnd('globals');
    expect((await api.get(`/v2/executions/${id}`)).body['published_global']).toBe('{"g": 4.0}');
  });

  it('is the same for the same id', async () => {
    const id = await start('quick', { id: 'order-17', input: { who: 'a' } });
    const again = await api.post('/v2/executions', { id: 'order-17', workflow_name: 'waits' });
    expect([id, again.status, again.body['workflow_name']]).toEqual(['order-17', 201, 'quick']);
    expect((await api.get('/v2/executions/order-17/tasks')).body['tasks']).toHaveLength(2);
    const page = await api.get('/v2/executions/order-17/tasks?limit=1');
    const next = String(page.body['next']).replace('http://localhost:80', '');
    expect(next).toContain(
      '/v2/tasks?sort_keys=created_at,id&sort_dirs=asc,asc&workflow_execution_id=eq:order-17&limit=1',
    );
    expect((await api.get(next)).body['tasks']).toHaveLength(1);
  });

  it.each([
    [{}, 400, 'Workflow ID or workflow name must be provided. Workflow ID is recommended.'],
    [{ workflow_name: 'nope' }, 404, 'Workflow not found [workflow_identifier=nope, namespace=]'],
    [{ workflow_name: 'quick', workflow_namespace: 'x' }, 404, 'namespace=x'],
    [{ workflow_name: 'quick', input: { zz: 1 } }, 400, "missing=['who'], unexpected=['zz']"],
    [{ workflow_name: 'quick', input: { who: 'x'.repeat(2_000_000) } }, 400, 'Field size limit exceeded'],
    [{ workflow_name: 'quick', input: { who: 1 }, params: { env: 'nope' } }, 400, 'Environment is not found: nope'],
    [{ source_execution_id: NOBODY }, 404, `WorkflowExecution not found [id=${NOBODY}]`],
  ])('is not started by %.60j', async (json, status, reason) => {
    const before = (await api.get('/v2/executions?sort_dirs=desc')).text;
    const answer = await api.post('/v2/executions', json);
    expect([answer.status, answer.body['faultstring']]).toEqual([status, expect.stringContaining(reason)]);
    expect(answer.body['faultstring']).not.toMatch(/\n\s+at /);
    expect((await api.get('/v2/executions?sort_dirs=desc')).text).toBe(before);
  });

  it.each([
    [{}, 400, 'The property state, description, or env is not provided for update.'],
    [{ state: 'PAUSED', description: 'x' }, 400, 'The property description must be updated separately from state.'],
    [{ state: 'PAUSED', params: { env: { a: 1 } } }, 400, 'The property env can only be updated when'],
    [{ state: 'IDLE' }, 400, "Cannot change state to IDLE. Allowed states are: 'RUNNING, PAUSED,"],
    [{ state: 'paused' }, 400, 'Cannot change state to paused.'],
    [{ params: { env: { a: 1 } } }, 403, 'Updating env to workflow execution is only permitted'],
  ])('is not changed by %j', async (json, status, reason) => {
    const id = await start('waits');
    const { status: answered, body } = await api.put(`/v2/executions/${id}`, json);
    expect([answered, body['faultstring']]).toEqual([status, expect.stringContaining(reason)]);
    expect((await api.get(`/v2/executions/${id}`)).body['state']).toBe('RUNNING');
  });

  it('says that it is unknown before anything else', async () => {
    for (const json of [{}, { state: 'PAUSED' }, { state: 'nonsense' }]) {
      const { status, body } = await api.put(`/v2/executions/${NOBODY}`, json);
      expect([status, body['faultstring']]).toEqual([404, `WorkflowExecution not found [id=${NOBODY}]`]);
    }
  });

  it('takes a new description, pauses, resumes and ends', async () => {
    const id = await start('waits');
    expect((await api.put(`/v2/executions/${id}`, { description: 'new' })).body['description']).toBe('new');
    expect((await api.put(`/v2/executions/${id}`, { state: 'PAUSED' })).body['state']).toBe('PAUSED');
    expect((await api.put(`/v2/executions/${id}`, { state: 'RUNNING' })).body['state']).toBe('RUNNING');
    const ended = await api.put(`/v2/executions/${id}`, { state: 'CANCELLED', state_info: 'enough' });
    expect(ended.body).toMatchObject({ state: 'CANCELLED', state_info: 'enough', output: '{"result": "enough"}' });
    const { status, body } = await api.put(`/v2/executions/${id}`, { state: 'SUCCESS' });
    expect([status, body['faultstring']]).toEqual([
      400,
      `Can't change workflow execution state from CANCELLED to SUCCESS. [workflow=waits, execution_id=${id}]`,
    ]);
  });

  it('is deleted when it has ended, or by force', async () => {
    const id = await start('waits');
    const refused = await api.delete(`/v2/executions/${id}?force=false`);
    expect([refused.status, refused.body['faultstring']]).toEqual([
      403,
      `Only completed executions can be deleted. Use --force to override this. Execution ${id} is in RUNNING state`,
    ]);
    expect((await api.delete(`/v2/executions/${id}?force=maybe`)).status).toBe(400);
    expect((await api.delete(`/v2/executions/${id}?force=True`)).status).toBe(204);
    expect((await api.get(`/v2/executions/${id}`)).status).toBe(404);
  });

  it('lists what is below it', async () => {
    const id = await startToEnd('parent');
    const { body } = await api.get(`/v2/executions/${id}/executions?errors_only=&max_depth=-1`);
    expect((body['executions'] ?? []).map((row) => row['workflow_name'])).toEqual(['parent', 'quick']);
    expect(body['executions']?.[0]).not.toHaveProperty('output');
    expect((await api.get(`/v2/executions/${id}/executions?max_depth=0`)).body['executions']).toHaveLength(1);
    const task = String((await api.get(`/v2/executions/${id}/tasks`)).body['tasks']?.[0]?.['id']);
    const below = await api.get(`/v2/tasks/${task}/executions?include_output=true`);
    expect(below.body['executions']?.[0]).toMatchObject({
      root_execution_id: id,
      task_execution_id: task,
      output: '{"said": "hello"}',
    });
    const direct = await api.get(`/v2/tasks/${task}/workflow_executions`);
    expect(direct.body['executions']).toHaveLength(1);
    expect(direct.body['executions']?.[0]).not.toHaveProperty('input');
    expect((await api.get(`/v2/tasks/${task}`)).body['result']).toBe('{"said": "hello"}');
    expect((await api.get(`/v2/executions/${NOBODY}/executions`)).status).toBe(404);
    expect((await api.get('/v2/executions/abc/executions')).status).toBe(400);
  });

  it('has a report', async () => {
    const id = await startToEnd('parent');
    const { body } = await api.get(`/v2/executions/${id}/report`);
    expect(body['statistics']).toEqual({
      total_tasks_count: 3,
      running_tasks_count: 0,
      success_tasks_count: 3,
      error_tasks_count: 0,
      idle_tasks_count: 0,
      paused_tasks_count: 0,
      estimated_time: 0,
    });
    expect(body['root_workflow_execution']).toMatchObject({
      id,
      name: 'parent',
      task_executions: [
        {
          name: 'sub',
          action_executions: [],
          workflow_executions: [{ name: 'quick', task_executions: [{ name: 'greet' }, { name: 'many' }] }],
        },
      ],
    });
    const only = await api.get(`/v2/executions/${id}/report?statistics_only=true&errors_only=true`);
    expect(only.body).toEqual({ statistics: expect.objectContaining({ total_tasks_count: 0 }) });
  });
});

describe('tasks', () => {
  it('show their result, a list for with-items', async () => {
    const id = await startToEnd('quick', { input: { who: 'a' } });
    const tasks = (await api.get(`/v2/executions/${id}/tasks`)).body['tasks'] ?? [];
    expect(tasks[0]).not.toHaveProperty('result');
    const [greet, many] = await Promise.all(
      tasks.map(async (task) => (await api.get(`/v2/tasks/${String(task['id'])}`)).body),
    );
    expect(greet).toMatchObject({
      name: 'greet',
      type: 'ACTION',
      workflow_execution_id: id,
      result: '"hello"',
      published: '{"said": "hello"}',
      processed: true,
      started_at: expect.stringMatching(DATE),
      finished_at: expect.stringMatching(DATE),
    });
    expect(greet).not.toHaveProperty('published_global');
    expect(many).toMatchObject({ result: '[1, 2]', published: '{}' });
    const actions = await api.get(`/v2/tasks/${String(many?.['id'])}/action_executions`);
    expect(actions.body['action_executions']).toHaveLength(2);
    expect(actions.body['action_executions']?.[0]).toMatchObject({ description: '', tags: null });
    expect(actions.body['action_executions']?.[0]).not.toHaveProperty('output');
  });

  it('are run again or skipped only as they are', async () => {
    const id = await start('waits');
    const task = (await api.get(`/v2/executions/${id}/tasks`)).body['tasks']?.[0];
    const path = `/v2/tasks/${task?.['id'] ?? ''}`;
    const faults = async (json: object) => {
      const { status, body } = await api.put(path, json);
      return [status, body['faultstring']];
    };
    expect(await faults({ state: 'RUNNING', name: 'x' })).toEqual([400, 'Task name does not match.']);
    expect(await faults({ workflow_name: 'x' })).toEqual([400, 'Workflow name does not match.']);
    expect(await faults({ state: 'SUCCESS' })).toEqual([
      400,
      'Invalid task state. Only updating task to RUNNING or SKIPPED is supported.',
    ]);
    expect((await faults({ state: 'RUNNING', reset: true }))[1]).toContain('must be in ERROR for rerun');
    const action = (await api.get(`${path}/action_executions`)).body['action_executions']?.[0];
    await api.put(`/v2/action_executions/${action?.['id'] ?? ''}`, { state: 'ERROR', output: { no: 1 } });
    await until(async () => (await api.get(path)).body['state'] === 'ERROR');
    expect(await faults({ state: 'RUNNING' })).toEqual([400, 'Reset field is mandatory to rerun task.']);
    expect(await faults({ state: 'RUNNING', reset: false })).toEqual([
      400,
      'Only with-items task has the option to not reset.',
    ]);
    expect((await api.put(`/v2/tasks/${NOBODY}`, { state: 'RUNNING' })).status).toBe(404);
  });
});

describe('action executions', () => {
  it('run at once and leave nothing behind', async () => {
    const { status, body } = await api.post('/v2/action_executions', { name: 'std.echo', input: '{"output": [4]}' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: null,
      name: 'std.echo',
      state: 'SUCCESS',
      accepted: null,
      input: '{"output": [4]}',
      output: '{"result": [4]}',
    });
  });

  it('are completed from outside, once', async () => {
    const created = await api.post('/v2/action_executions', { name: 'std.async_noop' });
    expect(created.body).toMatchObject({ state: 'RUNNING', accepted: false });
    const path = `/v2/action_executions/${created.body['id'] ?? ''}`;
    const wrong = await api.put(path, { state: 'IDLE' });
    expect(wrong.body['faultstring']).toBe(
      "Error. Expected one of ['SUCCESS', 'ERROR', 'CANCELLED', 'PAUSED', 'RUNNING'], actual: IDLE",
    );
    expect((await api.put(path, { state: 'SUCCESS', output: [1] })).status).toBe(400);
    expect((await api.put(path, { state: 'SUCCESS', output: '' })).status).toBe(400);
    const done = await api.put(path, { state: 'SUCCESS', output: '{"n": 1.0}' });
    expect([done.status, done.body['output']]).toEqual([200, '{"result": {"n": 1.0}}']);
    const again = await api.put(path, { state: 'SUCCESS' });
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(again.status).toBeLessThan(500);
    expect((await api.get(path)).body['output']).toBe('{"result": {"n": 1.0}}');
  });

  it('are deleted only where the operator allows it', async () => {
    const { body } = await api.post('/v2/action_executions', { name: 'std.async_noop' });
    const { status, body: fault } = await api.delete(`/v2/action_executions/${body['id'] ?? ''}`);
    expect([status, fault['faultstring']]).toEqual([403, 'Action execution deletion is not allowed.']);
    expect((await api.delete('/v2/action_executions/nonexist')).status).toBe(404);
  });

  it.each([
    [{}, 'Please provide at least action name to run action.'],
    [{ name: 'nope' }, 'Failed to find action [action_name=nope]'],
    [{ name: 'std.echo', input: { wrong: 1 } }, "missing=['output'], unexpected=['wrong']"],
    [{ name: 'std.async_noop', params: { run_sync: true } }, 'Action does not support synchronous execution.'],
  ])('are refused for %j', async (json, reason) => {
    const { status, body } = await api.post('/v2/action_executions', json);
    expect([status, body['faultstring']]).toEqual([400, expect.stringContaining(reason)]);
  });
});

describe('lists', () => {
  let mine: readonly string[];

  beforeAll(async () => {
    const started: string[] = [];
    for (let i = 0; i < 4; i++)
      started.push(await startToEnd('quick', { input: { who: i }, description: `list ${i}` }));
    mine = started;
  });

  it('page through everything once, in both directions', async () => {
    for (const direction of ['asc', 'desc']) {
      const seen: unknown[] = [];
      let path = `/v2/executions?description=has:list&limit=3&sort_dirs=${direction}`;
      let pages = 0;
      while (path !== '') {
        const page = await api.get(path);
        expect(page.status).toBe(200);
        seen.push(...ids(page));
        path = (page.body['next'] ?? '').replace('http://localhost:80', '');
        pages++;
      }
      expect([seen, pages]).toEqual([direction === 'asc' ? [...mine] : [...mine].reverse(), 2]);
    }
  });

  it('page by columns that may be empty', async () => {
    await startToEnd('parent');
    for (const direction of ['asc', 'desc']) {
      const seen: unknown[] = [];
      let path = `/v2/executions?limit=2&sort_keys=task_execution_id&sort_dirs=${direction}`;
      while (path !== '') {
        const page = await api.get(path);
        seen.push(...ids(page));
        path = (page.body['next'] ?? '').replace('http://localhost:80', '');
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining([...mine]));
    }
  });

  it('name the limit in force and the whole sort in the link', async () => {
    const { body } = await api.get('/v2/executions?limit=1000&sort_keys=workflow_name&sort_dirs=desc');
    expect(body['executions']).toHaveLength(5);
    const last = ids({ body } as Answer).at(-1);
    expect(body['next']).toBe(
      `http://localhost:80/v2/executions?sort_keys=workflow_name,id&sort_dirs=desc,asc&limit=5&marker=${String(last)}`,
    );
  });

  it('have output only on request', async () => {
    const [id] = mine;
    const one = async (query: string) =>
      (await api.get(`/v2/executions?description=eq:list 0&${query}`)).body['executions'] ?? [];
    expect((await one(''))[0]).not.toHaveProperty('output');
    expect((await one('include_output=false'))[0]).not.toHaveProperty('output');
    expect(await one('include_output=true')).toMatchObject([{ id, output: '{"said": "hello"}' }]);
    expect(await one('fields=output')).toEqual([{ id, output: '{"said": "hello"}' }]);
  });

  it.each([
    ['sort_dirs=desc&description=neq:list 0', [3, 2, 1]],
    ['description=in:list 1,list 3', [1, 3]],
    ['description=nin:list 1,list 3&sort_dirs=desc', [2, 0]],
    ['description=lt:list 0&description=gte:list 2&sort_dirs=desc', [3, 2]],
    ['tags=fast&description=lt:list 1', [0]],
    ['input={"who": 2, "greeting": "hello"}', [2]],
    ['created_at=gt:2020-01-01 00:00:00&description=list 1', [1]],
    ['created_at=lt:2020-01-01 00:00:00', []],
    ['state=NONSENSE', []],
    ['nulls=root_execution_id,state_info&description=list 1', [1]],
  ])('filter by %s', async (query, wanted) => {
    const { status, body } = await api.get(`/v2/executions?${query.replaceAll(' ', '%20').replaceAll('"', '%22')}`);
    expect(status).toBe(200);
    const found = (body['executions'] ?? [])
      .filter((row) => mine.includes(row['id'] ?? ''))
      .map((row) => row['description']);
    expect(found).toEqual(wanted.map((i) => `list ${i}`));
  });

  it.each([
    ['limit=0', 'Limit must be positive.'],
    ['limit=-1', 'Limit must be positive.'],
    ['limit=x', "field/attribute limit. Value: 'x'"],
    ['limit=', "field/attribute limit. Value: ''"],
    ['sort_keys=foo', 'Sort key supplied is invalid: foo'],
    ['sort_dirs=up', "Unknown sort direction, must be 'desc' or 'asc'."],
    ['sort_dirs=asc,desc', 'Length of sort_keys must be equal or greater than sort_dirs.'],
    ['fields=foo', 'Some fields do not exist  [foo], please choose from [id, workflow_id,'],
    ['nulls=foo', "'foo' is not a valid field name."],
    ['nulls=state', "'state' is not a valid field name."],
    ['marker=abc', 'unable to convert to uuid. Error: Expected a uuid but received abc.'],
    ['workflow_id=abc', 'unable to convert to uuid. Error: Expected a uuid but received abc.'],
    ['created_at=yesterday', 'field/attribute created_at'],
    ['created_at=2026-02-31', 'field/attribute created_at'],
    ['input={', 'field/attribute input'],
  ])('refuse %s', async (query, reason) => {
    const { status, body } = await api.get(`/v2/executions?${query}`);
    expect([status, body['faultstring']]).toEqual([400, expect.stringContaining(reason)]);
  });

  it('refuse a marker that does not exist', async () => {
    const { status, body } = await api.get(`/v2/executions?marker=${NOBODY}`);
    expect([status, body['faultstring']]).toEqual([404, `WorkflowExecution not found [id=${NOBODY}]`]);
  });

  it('show all projects to administrators only', async () => {
    expect((await api.get('/v2/executions?all_projects=true')).status).toBe(403);
    expect((await api.get('/v2/executions?all_projects=false')).status).toBe(200);
    expect((await api.get('/v2/executions?all_projects=true', { 'x-roles': 'member, admin' })).status).toBe(200);
  });
});
