import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Workflows } from '../../src/definitions/index.js';
import { ApiUnderTest, type Body } from './api-under-test.js';

const SECONDS = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const ADMIN = { 'x-roles': 'admin' };

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

/** A workflow that says what it is. */
function text(name: string, says: string | number): string {
  return `version: '2.0'\n${name}:\n  output: {says: '${says}'}\n  tasks: {t: {action: std.noop}}\n`;
}

async function versionsOf(name: string): Promise<readonly Body[]> {
  return (await api.get(`/v2/workflows/${name}/versions`)).body['versions'] ?? [];
}

async function said(body: unknown): Promise<Body> {
  return JSON.parse((await api.post('/v2/executions?wait=30', body)).body['output'] ?? '{}') as Body;
}

it('keeps each text of a workflow, newest first', async () => {
  const { body } = await api.upload('/v2/workflows', text('kept', 1));
  await api.upload('/v2/workflows', text('kept', 2), 'PUT');
  await api.upload('/v2/workflows/kept', text('renamed', 3), 'PUT');

  const [newest, second, first] = await versionsOf('renamed');
  expect(newest).toEqual({
    version: 3,
    workflow_id: body['workflows']?.[0]?.['id'],
    name: 'renamed',
    checksum: (await api.get('/v2/workflows/renamed')).body['checksum'],
    definition: text('renamed', 3),
    created_at: expect.stringMatching(SECONDS),
  });
  expect([second?.['version'], second?.['definition']]).toEqual([2, text('kept', 2)]);
  expect([first?.['version'], first?.['checksum']]).toEqual([1, body['workflows']?.[0]?.['checksum']]);
});

it('makes no version of an upload that changes nothing, or only the scope', async () => {
  await api.upload('/v2/workflows', text('same', 1));
  await api.upload('/v2/workflows/same', text('same', 1), 'PUT');
  await api.call('PUT', '/v2/workflows/same?scope=public', { text: text('same', 1), headers: ADMIN });

  expect((await versionsOf('same')).map((one) => one['version'])).toEqual([1]);
});

it('keeps the versions of members of workbooks', async () => {
  const workbook = (says: number) =>
    `version: '2.0'\nname: book\nworkflows:\n  wf: {output: {says: '${says}'}, tasks: {t: {action: std.noop}}}\n`;
  await api.upload('/v2/workbooks', workbook(1));
  await api.upload('/v2/workbooks', workbook(2), 'PUT');

  expect((await versionsOf('book.wf')).map((one) => one['version'])).toEqual([2, 1]);
  expect(await said({ workflow_name: 'book.wf', workflow_version: 1 })).toEqual({ says: '1' });
});

it('pages by version, and counts', async () => {
  await api.upload('/v2/workflows?namespace=deep', text('paged', 1));
  for (const says of [2, 3, 4, 5]) await api.upload('/v2/workflows?namespace=deep', text('paged', says), 'PUT');

  const seen: unknown[] = [];
  let path = '/v2/workflows/paged/versions?namespace=deep&limit=2&count=true';
  expect((await api.get(path)).headers['x-total-count']).toBe('5');
  for (let pages = 0; path !== '' && pages < 5; pages++) {
    const { body } = await api.get(path);
    seen.push(...(body['versions'] ?? []).map((one) => one['version']));
    path = (body['next'] ?? '').replace(/^https?:\/\/[^/]+/, '');
  }
  expect(seen).toEqual([5, 4, 3, 2, 1]);
});

it('shows one version', async () => {
  await api.upload('/v2/workflows', text('single', 1));
  await api.upload('/v2/workflows', text('single', 2), 'PUT');

  const { status, body } = await api.get('/v2/workflows/single/versions/1');
  expect([status, body['version'], body['definition']]).toEqual([200, 1, text('single', 1)]);
});

it.each([
  ['single/versions/9', 404, 'Workflow version not found [workflow_identifier=single, version=9]'],
  ['absent/versions/1', 404, 'Workflow not found [workflow_identifier=absent, namespace=]'],
  ['absent/versions', 404, 'Workflow not found [workflow_identifier=absent, namespace=]'],
  ['single/versions/0', 400, 'The parameter version must be a whole number from 1: version=0'],
  ['single/versions/x', 400, "Invalid input for field/attribute version. Value: 'x'. Expected a whole number."],
  ['single/versions?limit=0', 400, 'The parameter limit must be a whole number from 1: limit=0'],
  ['single/versions?sort_keys=name', 400, 'Unknown argument: "sort_keys"'],
])('answers %s with %i', async (path, status, reason) => {
  const answer = await api.get(`/v2/workflows/${path}`);
  expect([answer.status, answer.body['faultstring']]).toEqual([status, reason]);
});

it('starts the version that is asked for, and the present one by default', async () => {
  await api.upload('/v2/workflows', text('started', 'old'));
  await api.upload('/v2/workflows', text('started', 'new'), 'PUT');

  expect(await said({ workflow_name: 'started' })).toEqual({ says: 'new' });
  expect(await said({ workflow_name: 'started', workflow_version: 1 })).toEqual({ says: 'old' });
  expect(await said({ workflow_name: 'started', workflow_version: '2' })).toEqual({ says: 'new' });
  expect(await said({ workflow_name: 'started', params: { workflow_version: 1 } })).toEqual({ says: 'old' });
});

it('shows the version in the parameters of the execution, and takes it over from a source', async () => {
  await api.upload('/v2/workflows', text('again', 'old'));
  await api.upload('/v2/workflows', text('again', 'new'), 'PUT');
  const pinned = (await api.post('/v2/executions?wait=30', { workflow_name: 'again', workflow_version: 1 })).body;
  const free = (await api.post('/v2/executions?wait=30', { workflow_name: 'again' })).body;

  expect(JSON.parse(pinned['params'] ?? '')).toMatchObject({ workflow_version: 1 });
  expect(JSON.parse(free['params'] ?? '')).not.toHaveProperty('workflow_version');
  expect(await said({ source_execution_id: pinned['id'] })).toEqual({ says: 'old' });
  expect(await said({ source_execution_id: pinned['id'], workflow_name: 'again' })).toEqual({ says: 'new' });
  expect(await said({ source_execution_id: pinned['id'], workflow_version: 2 })).toEqual({ says: 'new' });
});

it.each([
  [{ workflow_version: 7 }, 404, 'Workflow version not found [workflow_identifier=started, version=7]'],
  [{ workflow_version: 0 }, 400, 'Value should be greater or equal to 1.'],
  [{ workflow_version: 'x' }, 400, "Wrong type. Expected 'integer', got 'string'"],
  [{ params: { workflow_version: 'x' } }, 400, 'The version of a workflow is a whole number from 1'],
  [{ params: { workflow_version: 1.5 } }, 400, 'The version of a workflow is a whole number from 1'],
])('does not start %j', async (version, status, reason) => {
  const answer = await api.post('/v2/executions', { workflow_name: 'started', ...version });
  expect(answer.status).toBe(status);
  expect(answer.body['faultstring']).toContain(reason);
});

it('shows and starts versions of another project only where the workflow is public', async () => {
  const other = { projectId: 'other', isAdmin: false };
  const workflows = api.app.get(Workflows);
  const [open] = await workflows.create(text('theirs', 1), { namespace: '', scope: 'public' }, other);
  const [closed] = await workflows.create(text('hidden', 1), { namespace: '', scope: 'private' }, other);

  expect((await api.get(`/v2/workflows/${open}/versions`)).body['versions']).toHaveLength(1);
  expect(await said({ workflow_id: open, workflow_version: 1 })).toEqual({ says: '1' });
  expect((await api.get(`/v2/workflows/${closed}/versions`)).status).toBe(404);
  expect((await api.get(`/v2/workflows/${closed}/versions/1`)).status).toBe(404);
  expect((await api.post('/v2/executions', { workflow_id: closed, workflow_version: 1 })).status).toBe(404);
});

it('lets an execution of an old version end when the workflow is deleted with its versions', async () => {
  const waiting = `version: '2.0'\ndeleted:\n  tasks:\n    a: {action: std.async_noop, on-success: b}\n    b: {action: std.noop}\n`;
  const id = (await api.upload('/v2/workflows', waiting)).body['workflows']?.[0]?.['id'] ?? '';
  await api.upload('/v2/workflows', text('deleted', 2), 'PUT');
  const execution = (await api.post('/v2/executions', { workflow_id: id, workflow_version: 1 })).body['id'] ?? '';
  const tasks = (await api.get(`/v2/executions/${execution}/tasks`)).body['tasks'] ?? [];
  expect((await api.delete(`/v2/workflows/${id}`)).status).toBe(204);
  expect((await api.get(`/v2/workflows/${id}/versions`)).status).toBe(404);

  const actions = (await api.get(`/v2/tasks/${tasks[0]?.['id'] ?? ''}/action_executions`)).body['action_executions'];
  await api.put(`/v2/action_executions/${actions?.[0]?.['id'] ?? ''}`, { state: 'SUCCESS' });
  const done = await api.post('/v2/executions?wait=30', { id: execution, workflow_name: 'deleted' });
  expect(done.body['state']).toBe('SUCCESS');
});
