import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { VersionsService } from '../../src/scheduler/index.js';
import { ApiUnderTest, type Body } from './api-under-test.js';

const ADMIN = { 'x-roles': 'admin' };

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start({ WORKFLOW_VERSIONS_KEPT: '2' });
});
afterAll(() => api.stop());

/** A workflow that waits for somebody else, in so many versions; without `count` another one of them. */
async function upload(name: string, count = 5): Promise<void> {
  for (let n = 1; n <= count; n++) {
    const text = `version: '2.0'\n${name}:\n  output: {n: ${n}}\n  tasks: {t: {action: std.async_noop}}\n`;
    await api.upload('/v2/workflows', text, n === 1 ? 'POST' : 'PUT');
  }
}

async function versionsOf(name: string): Promise<readonly unknown[]> {
  const versions: readonly Body[] = (await api.get(`/v2/workflows/${name}/versions`)).body['versions'] ?? [];
  return versions.map((one) => one['version']);
}

/** Until a whole round has found nothing. */
async function prune(): Promise<void> {
  const service = api.app.get(VersionsService);
  while ((await service.tick()) !== undefined);
}

it('keeps the newest versions, and their numbers', async () => {
  await upload('many', 130);
  await upload('few', 2);
  await prune();

  expect(await versionsOf('many')).toEqual([130, 129]);
  expect(await versionsOf('few')).toEqual([2, 1]);
  await api.upload('/v2/workflows', "version: '2.0'\nmany: {tasks: {t: {action: std.noop}}}\n", 'PUT');
  expect((await versionsOf('many'))[0]).toBe(131);
});

it('keeps what an unfinished execution runs, until it ends', async () => {
  await upload('running');
  const { body } = await api.post('/v2/executions', { workflow_name: 'running', workflow_version: 2 });
  await prune();

  expect(await versionsOf('running')).toEqual([5, 4, 2]);
  await api.put(`/v2/executions/${body['id'] ?? ''}`, { state: 'CANCELLED' });
  await prune();
  expect(await versionsOf('running')).toEqual([5, 4]);
});

it('keeps what a trigger names', async () => {
  await upload('scheduled');
  const { body } = await api.get('/v2/workflows/scheduled');
  const params = (version: number) => ({ workflow_params: { workflow_version: version } });
  const cron = { name: 'c', pattern: '0 0 1 1 *', workflow_id: body['id'], ...params(1) };
  expect((await api.post('/v2/cron_triggers', cron)).status).toBe(201);
  const event = { name: 'e', exchange: 'x', topic: 't', event: 'e', workflow_id: body['id'], ...params(3) };
  expect((await api.post('/v2/event_triggers', event)).status).toBe(201);
  await prune();

  expect(await versionsOf('scheduled')).toEqual([5, 4, 3, 1]);
});

it('keeps what others may start', async () => {
  await upload('published');
  await upload('shared');
  const text = "version: '2.0'\npublished: {tasks: {t: {action: std.noop}}}\n";
  await api.call('PUT', '/v2/workflows?scope=public', { text, headers: ADMIN });
  const { body } = await api.get('/v2/workflows/shared');
  await api.app.get(DataSource).query(
    `INSERT INTO resource_members (id, resource_id, resource_type, project_id, member_id, status)
      VALUES ('m', $1, 'workflow', '<default-project>', 'other', 'pending')`,
    [body['id']],
  );
  await prune();

  expect(await versionsOf('published')).toEqual([6, 5, 4, 3, 2, 1]);
  expect(await versionsOf('shared')).toEqual([5, 4, 3, 2, 1]);
});

it('says of a deleted version that it is not there', async () => {
  await upload('asked');
  await prune();
  const { status, body } = await api.post('/v2/executions', { workflow_name: 'asked', workflow_version: 1 });

  expect([status, body['faultstring']]).toEqual([
    404,
    'Workflow version not found [workflow_identifier=asked, version=1]',
  ]);
});
