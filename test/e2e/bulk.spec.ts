import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Engine } from '../../src/engine/index.js';
import { Workflows } from '../../src/definitions/index.js';
import { ApiUnderTest, type Body } from './api-under-test.js';

const OTHER = { projectId: 'other', isAdmin: false };
const ADMIN = { 'x-roles': 'admin' };
const NOWHERE = '8b778ab8-b5b7-4da1-93d0-571311b26497';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

/** Starts executions of a new workflow that waits for its actions `a` and `b`. */
async function waiting(name: string, count: number): Promise<readonly string[]> {
  await api.upload(
    '/v2/workflows',
    `version: '2.0'\n${name}:\n  tasks:\n    a: {action: std.async_noop}\n    b: {action: std.async_noop}\n`,
  );
  return starts(name, count);
}

async function starts(name: string, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push((await api.post('/v2/executions', { workflow_name: name })).body['id'] ?? '');
  return ids;
}

async function states(name: string): Promise<readonly unknown[]> {
  const { body } = await api.get(`/v2/executions?workflow_name=${name}`);
  return (body['executions'] ?? []).map((one) => one['state']);
}

async function bulk(json: Readonly<Record<string, unknown>>): Promise<Body> {
  const { status, body } = await api.post('/v2/executions/bulk', json);
  expect([status, body['faultstring']]).toEqual([200, undefined]);
  return body;
}

async function finish(execution: string, task: string, state: string): Promise<void> {
  const tasks = (await api.get(`/v2/executions/${execution}/tasks?name=${task}`)).body['tasks'] ?? [];
  const path = `/v2/action_executions?task_execution_id=${tasks[0]?.['id'] ?? ''}&state=RUNNING`;
  const running = (await api.get(path)).body['action_executions'] ?? [];
  await api.put(`/v2/action_executions/${running[0]?.['id'] ?? ''}`, { state });
}

describe('a change of many executions', () => {
  it('pauses and resumes those that match, and leaves the others', async () => {
    await waiting('held', 3);
    await waiting('free', 1);

    expect(await bulk({ action: 'pause', filter: { workflow_name: 'held' } })).toEqual({
      matched: 3,
      done: 3,
      refused: [],
    });
    expect(await states('held')).toEqual(['PAUSED', 'PAUSED', 'PAUSED']);
    expect(await states('free')).toEqual(['RUNNING']);

    await bulk({ action: 'resume', filter: { workflow_name: 'held' } });
    expect(await states('held')).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  });

  it('only counts in a dry run', async () => {
    await waiting('counted', 2);
    const answer = await bulk({ action: 'delete', force: true, filter: { workflow_name: 'counted' }, dry_run: true });

    expect(answer).toEqual({ matched: 2, done: 0, refused: [] });
    expect(await states('counted')).toEqual(['RUNNING', 'RUNNING']);
  });

  it('stops as CANCELLED, or in the state and for the reason given', async () => {
    const [first = '', second = ''] = await waiting('stopped', 2);
    await bulk({ action: 'stop', filter: { workflow_name: 'stopped' }, limit: 1 });
    await bulk({
      action: 'stop',
      state: 'ERROR',
      state_info: 'not needed',
      filter: { workflow_name: 'stopped', state: 'RUNNING' },
    });

    expect((await api.get(`/v2/executions/${first}`)).body['state']).toBe('CANCELLED');
    expect((await api.get(`/v2/executions/${second}`)).body).toMatchObject({
      state: 'ERROR',
      state_info: 'not needed',
    });
  });

  it('changes the oldest ones within the limit, and says how many match', async () => {
    const [oldest = '', ...others] = await waiting('limited', 3);
    const answer = await bulk({ action: 'pause', filter: { workflow_name: 'limited' }, limit: '1' });

    expect(answer).toEqual({ matched: 3, done: 1, refused: [] });
    expect((await api.get(`/v2/executions/${oldest}`)).body['state']).toBe('PAUSED');
    for (const id of others) expect((await api.get(`/v2/executions/${id}`)).body['state']).toBe('RUNNING');
  });

  it('refuses those in another state, and does the rest', async () => {
    const [ended = ''] = await waiting('mixed', 2);
    await api.put(`/v2/executions/${ended}`, { state: 'CANCELLED' });

    expect(await bulk({ action: 'pause', filter: { workflow_name: 'mixed' } })).toEqual({
      matched: 2,
      done: 1,
      refused: [{ id: ended, reason: 'It is CANCELLED: pause needs one of IDLE, RUNNING.' }],
    });
  });

  it('says what the engine said', async () => {
    const [paused = ''] = await waiting('odd', 1);
    await api.put(`/v2/executions/${paused}`, { state: 'PAUSED' });
    const filter = { workflow_name: 'odd' };
    const alone = await api.put(`/v2/executions/${paused}`, { state: 'SUCCESS' });
    const reason = alone.body['faultstring'];

    expect(alone.status).toBe(400);
    expect(await bulk({ action: 'stop', state: 'SUCCESS', filter })).toMatchObject({
      refused: [{ id: paused, reason }],
    });
    expect((await bulk({ action: 'delete', filter }))['refused']?.[0]?.['reason']).toContain(
      'Only completed executions can be deleted.',
    );
  });

  it('deletes those that have ended, and others by force', async () => {
    const [ended = ''] = await waiting('deleted', 2);
    await api.put(`/v2/executions/${ended}`, { state: 'CANCELLED' });

    expect(await bulk({ action: 'delete', filter: { workflow_name: 'deleted' } })).toMatchObject({
      matched: 2,
      done: 1,
    });
    expect(await states('deleted')).toEqual(['RUNNING']);
    await bulk({ action: 'delete', force: true, filter: { workflow_name: 'deleted' } });
    expect(await states('deleted')).toEqual([]);
  });
});

describe('a rerun of many executions', () => {
  it('runs all failed tasks of those in ERROR again', async () => {
    const [failed = '', running = ''] = await waiting('failing', 2);
    for (const task of ['a', 'b']) await finish(failed, task, 'ERROR');
    expect((await api.get(`/v2/executions/${failed}`)).body['state']).toBe('ERROR');

    const answer = await bulk({ action: 'rerun', filter: { workflow_name: 'failing' } });
    expect(answer).toMatchObject({ matched: 2, done: 1, refused: [{ id: running }] });
    const { body } = await api.get(`/v2/executions/${failed}/tasks`);
    expect((body['tasks'] ?? []).map((task) => task['state'])).toEqual(['RUNNING', 'RUNNING']);
    for (const task of ['a', 'b']) await finish(failed, task, 'SUCCESS');
    expect((await api.get(`/v2/executions/${failed}`)).body['state']).toBe('SUCCESS');
  });

  it('runs the task again whose error has led to fail, and not those before it', async () => {
    await api.upload(
      '/v2/workflows',
      `version: '2.0'
handled:
  tasks:
    first: {action: std.fail, on-error: second}
    second: {action: std.async_noop, on-error: fail}
`,
    );
    const [id = ''] = await starts('handled', 1);
    await finish(id, 'second', 'ERROR');
    await bulk({ action: 'rerun', filter: { workflow_name: 'handled', state: 'ERROR' } });

    const tasks = (await api.get(`/v2/executions/${id}/tasks`)).body['tasks'] ?? [];
    expect(tasks.map((task) => [task['name'], task['state']])).toEqual([
      ['first', 'ERROR'],
      ['second', 'RUNNING'],
    ]);
  });

  it('refuses those without a failed task', async () => {
    const [id = ''] = await waiting('blank', 1);
    await api.put(`/v2/executions/${id}`, { state: 'ERROR' });

    expect((await bulk({ action: 'rerun', filter: { workflow_name: 'blank' } }))['refused']).toEqual([
      { id, reason: 'None of its tasks is in ERROR.' },
    ]);
  });
});

describe('the filter of a change of many', () => {
  it('has the operators of the list', async () => {
    await waiting('oper1', 1);
    await waiting('oper2', 1);
    const count = async (filter: object): Promise<unknown> =>
      (await bulk({ action: 'stop', filter, dry_run: true }))['matched'];

    expect(await count({ workflow_name: 'in:oper1,oper2' })).toBe(2);
    expect(await count({ workflow_name: 'has:oper', state: 'neq:RUNNING' })).toBe(0);
    expect(await count({ workflow_name: 'oper1', created_at: 'lt:2026-01-01 00:00:00' })).toBe(0);
    expect(await count({ workflow_name: 'oper1', input: '{}', nulls: 'state_info' })).toBe(1);
  });

  it('matches all of the project when it is an empty object', async () => {
    const all = (await api.get('/v2/executions?nulls=task_execution_id&count=true&limit=1')).headers['x-total-count'];
    expect(String((await bulk({ action: 'stop', filter: {}, dry_run: true }))['matched'])).toBe(all);
  });

  it('leaves out sub-executions unless they are asked for', async () => {
    await waiting('inner', 0);
    await api.upload('/v2/workflows', `version: '2.0'\nouter: {tasks: {t: {workflow: inner}}}\n`);
    const [outer = ''] = await starts('outer', 1);
    const filter = { workflow_name: 'inner' };

    expect(await bulk({ action: 'stop', filter })).toMatchObject({ matched: 0, done: 0 });
    expect(await bulk({ action: 'stop', filter, sub_executions: true })).toMatchObject({ matched: 1, done: 1 });
    expect((await api.get(`/v2/executions?root_execution_id=${outer}`)).body['executions']?.[0]?.['state']).toBe(
      'CANCELLED',
    );
  });

  it('never reaches other projects, for administrators only when they say so', async () => {
    const text = `version: '2.0'\ntheirs: {tasks: {t: {action: std.async_noop}}}\n`;
    await api.app.get(Workflows).create(text, { namespace: '', scope: 'private' }, OTHER);
    await api.app.get(Engine).start({ workflowName: 'theirs' }, OTHER);
    const filter = { workflow_name: 'theirs' };
    const asAdmin = (wanted: object) =>
      api.call('POST', '/v2/executions/bulk', { json: { action: 'stop', filter: wanted }, headers: ADMIN });

    expect(await bulk({ action: 'stop', filter })).toMatchObject({ matched: 0 });
    expect((await asAdmin(filter)).body).toMatchObject({ matched: 0 });
    expect((await api.post('/v2/executions/bulk', { action: 'stop', filter: { all_projects: true } })).status).toBe(
      403,
    );
    expect((await asAdmin({ ...filter, all_projects: 'true' })).body).toMatchObject({ matched: 1, done: 1 });
  });

  it('is refused when it matches too many, and nothing is changed', async () => {
    const engine = api.app.get(Engine);
    await waiting('many', 0);
    const caller = { projectId: '<default-project>', isAdmin: false };
    for (let started = 0; started <= 1_000; started += 91)
      await Promise.all(Array.from({ length: 91 }, () => engine.start({ workflowName: 'many' }, caller)));
    const filter = { workflow_name: 'many' };
    const { status, body } = await api.post('/v2/executions/bulk', { action: 'delete', force: true, filter });

    expect([status, body['faultstring']]).toEqual([
      400,
      'The filter matches 1001 executions, and at most 1000 can be changed at once: narrow it, or send a limit to change the oldest ones.',
    ]);
    const answer = await bulk({ action: 'delete', force: true, filter, limit: 1_000 });
    expect(answer).toEqual({ matched: 1_001, done: 1_000, refused: [] });
    expect(await states('many')).toEqual(['RUNNING']);
  }, 120_000);
});

it.each([
  [{ filter: {} }, 400, 'Bulk needs an action: one of pause, resume, stop, rerun, delete.'],
  [{ action: 'stop' }, 400, 'Bulk needs a filter; an empty object means all executions of the project.'],
  [{ action: 'stop', filter: '' }, 400, "Value: ''. Expecting value: line 1 column 1 (char 0)"],
  [{ action: 'stop', filter: [] }, 400, 'JsonType field value must be a dictionary [actual=[]]'],
  [{ action: 'end', filter: {} }, 400, 'Value should be one of: pause, resume, stop, rerun, delete'],
  [{ action: 'stop', state: 'PAUSED', filter: {} }, 400, 'Value should be one of: CANCELLED, ERROR, SUCCESS'],
  [{ action: 'pause', state: 'ERROR', filter: {} }, 400, 'Only stop takes state and state_info, not pause.'],
  [{ action: 'stop', force: true, filter: {} }, 400, 'Only delete takes force, not stop.'],
  [{ action: 'stop', filter: { limit: 1 } }, 400, 'Unknown filter: "limit"'],
  [{ action: 'stop', filter: { state: ['ERROR'] } }, 400, 'The filter state must be a text'],
  [{ action: 'stop', filter: { created_at: 'gt:soon' } }, 400, "Expected a date like '2026-01-31 10:00:00'."],
  [{ action: 'stop', filter: {}, limit: 1001 }, 400, 'At most 1000 executions can be changed at once: limit=1001'],
  [{ action: 'stop', filter: {}, dryrun: true }, 400, 'Unknown attribute for argument bulk: dryrun'],
  [{ action: 'stop', filter: { workflow_id: NOWHERE.slice(1) } }, 400, 'unable to convert to uuid'],
])('refuses %j', async (json, status, reason) => {
  const answer = await api.post('/v2/executions/bulk', json);
  expect(answer.status).toBe(status);
  expect(answer.body['faultstring']).toContain(reason);
});
