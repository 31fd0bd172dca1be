import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Database } from '../../src/store/index.js';
import { ApiUnderTest, type RequestOptions } from './api-under-test.js';

const WORKFLOW = (name: string) => `version: '2.0'\n${name}: {tasks: {t: {action: std.async_noop}}}\n`;
const ACTION = "version: '2.0'\nadhoc: {base: std.noop}\n";
const WORKBOOK = "version: '2.0'\nname: book\nworkflows: {w: {tasks: {t: {action: std.noop}}}}\n";

let api: ApiUnderTest;

beforeAll(async () => {
  // Nothing happens by itself meanwhile.
  api = await ApiUnderTest.start({ ROLES: 'api' });
  await api.upload('/v2/workflows', WORKFLOW('target'));
  const database = api.app.get(Database);
  const once = database.transaction.bind(database);
  jest.spyOn(database, 'transaction').mockImplementation(async (work) => {
    await once(work);
    return once(work);
  });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await api.stop();
});

const CREATIONS: readonly (readonly [path: string, body: RequestOptions])[] = [
  ['workflows', { text: WORKFLOW('made') + 'other: {tasks: {t: {action: std.noop}}}\n' }],
  ['actions', { text: ACTION }],
  ['workbooks', { text: WORKBOOK }],
  ['environments', { json: { name: 'env', variables: {} } }],
  ['code_sources?name=code', { text: 'export const x = 1;' }],
  ['dynamic_actions', { json: { name: 'dynamic', class_name: 'x', code_source_name: 'code' } }],
  ['cron_triggers', { json: { name: 'cron', pattern: '0 0 1 1 *', workflow_name: 'target' } }],
  ['executions', { json: { workflow_name: 'target' } }],
  ['action_executions', { json: { name: 'std.async_noop' } }],
];

it.each(CREATIONS)('POST %s creates one thing and says so, though its transaction is repeated', async (path, body) => {
  const headers = { 'x-roles': 'admin' };
  const list = `/v2/${path.replace(/\?.*/, '')}?count=true&limit=1`;
  const before = Number((await api.get(list, headers)).headers['x-total-count']);
  const made = path === 'workflows' ? 2 : 1;

  expect(await api.call('POST', `/v2/${path}`, { ...body, headers })).toMatchObject({ status: 201 });
  expect(Number((await api.get(list, headers)).headers['x-total-count'])).toBe(before + made);
});

it('POST event_triggers does, too', async () => {
  const { body } = await api.get('/v2/workflows/target');
  const trigger = { name: 'event', exchange: 'x', topic: 't', event: 'e', workflow_id: body['id'] };

  expect((await api.post('/v2/event_triggers', trigger)).status).toBe(201);
  expect((await api.get('/v2/event_triggers')).body['event_triggers']).toHaveLength(1);
});

it('still says that a name is taken', async () => {
  expect((await api.upload('/v2/workflows', WORKFLOW('target'))).status).toBe(409);
  expect((await api.post('/v2/environments', { name: 'env', variables: {} })).status).toBe(409);
});
