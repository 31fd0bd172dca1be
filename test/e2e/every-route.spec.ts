import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../fuzz/answer-checks.js';
import { OPEN_API_FILE, operations } from '../support/open-api.js';
import { until } from '../support/until.js';
import { ApiUnderTest, type Answer, type RequestOptions } from './api-under-test.js';

const WORKFLOW = "version: '2.0'\nw:\n  tasks:\n    t: {action: std.echo output=1}\n";
const FAILING = "version: '2.0'\nfailing:\n  tasks:\n    t: {action: std.fail}\n";
const WAITING = "version: '2.0'\nwaiting:\n  tasks:\n    t: {action: std.async_noop}\n";
const ACTION = "version: '2.0'\na: {base: std.echo, base-input: {output: 1}}\n";
const WORKBOOK = "version: '2.0'\nname: b\nworkflows: {w: {tasks: {t: {action: std.noop}}}}\n";
const CODE = 'export class C { run() { return 1; } }\n';
const ADMIN = { 'x-roles': 'admin' };
const NO_MEMBERS = 'Resource sharing feature can only be supported with authentication enabled.';

type Ids = Record<
  'workflow' | 'execution' | 'task' | 'action' | 'failed' | 'waiting' | 'slow' | 'event' | 'own',
  string
>;

interface Row {
  /** As openapi.json has it. */
  readonly operation: string;
  /** The path of this request, where it has identifiers. */
  readonly path?: (ids: Ids) => string;
  readonly send?: RequestOptions | ((ids: Ids) => RequestOptions);
  readonly status: number;
  /** What the body must hold. */
  readonly body?: object;
}

/** In this order: later rows use what earlier ones have made. */
const ROWS: readonly Row[] = [
  { operation: 'GET /', status: 200, body: { versions: [{ id: 'v2.0' }] } },
  { operation: 'GET /v2', path: () => '/v2/', status: 200, body: { uri: 'http://localhost:80/v2' } },
  { operation: 'GET /healthcheck', status: 200, body: { text: 'OK' } },
  { operation: 'GET /info', status: 200, body: { openapi: '3.1.0' } },
  { operation: 'GET /maintenance', status: 200, body: { status: 'RUNNING' } },
  { operation: 'PUT /maintenance', send: { json: { status: 'RUNNING' } }, status: 200, body: { status: 'RUNNING' } },

  { operation: 'GET /v2/workflows', status: 200, body: { workflows: [{}, {}, {}] } },
  { operation: 'POST /v2/workflows', path: () => '/v2/workflows?namespace=n', send: { text: WORKFLOW }, status: 201 },
  {
    operation: 'PUT /v2/workflows',
    send: { text: `${WORKFLOW}# 2\n` },
    status: 200,
    body: { workflows: [{ name: 'w' }] },
  },
  { operation: 'POST /v2/workflows/validate', send: { text: WORKFLOW }, status: 200, body: { valid: true } },
  { operation: 'GET /v2/workflows/{identifier}', path: () => '/v2/workflows/w', status: 200, body: { name: 'w' } },
  {
    operation: 'PUT /v2/workflows/{identifier}',
    path: (ids) => `/v2/workflows/${ids.workflow}`,
    send: { text: `${WORKFLOW}# 3\n` },
    status: 200,
    body: { name: 'w', interface: { input: [] } },
  },
  {
    operation: 'GET /v2/workflows/{identifier}/versions',
    path: () => '/v2/workflows/w/versions',
    status: 200,
    body: { versions: [{}, {}, {}] },
  },
  {
    operation: 'GET /v2/workflows/{identifier}/versions/{version}',
    path: () => '/v2/workflows/w/versions/1',
    status: 200,
    body: { definition: WORKFLOW },
  },
  {
    operation: 'DELETE /v2/workflows/{identifier}',
    path: () => '/v2/workflows/w?namespace=n',
    status: 204,
  },

  { operation: 'GET /v2/actions', path: () => '/v2/actions?name=std.noop', status: 200, body: { actions: [{}] } },
  { operation: 'POST /v2/actions', send: { text: ACTION }, status: 201, body: { actions: [{ name: 'a' }] } },
  { operation: 'PUT /v2/actions', send: { text: ACTION }, status: 200, body: { actions: [{ name: 'a' }] } },
  { operation: 'POST /v2/actions/validate', send: { text: ACTION }, status: 200, body: { valid: true } },
  { operation: 'GET /v2/actions/{name}', path: () => '/v2/actions/a/', status: 200, body: { name: 'a' } },
  {
    operation: 'PUT /v2/actions/{identifier}',
    path: () => '/v2/actions/a',
    send: { text: ACTION },
    status: 200,
    body: { actions: [{ name: 'a' }] },
  },
  { operation: 'DELETE /v2/actions/{identifier}', path: () => '/v2/actions/a', status: 204 },

  { operation: 'POST /v2/workbooks', send: { text: WORKBOOK }, status: 201, body: { name: 'b' } },
  { operation: 'PUT /v2/workbooks', send: { text: WORKBOOK }, status: 200, body: { name: 'b' } },
  { operation: 'GET /v2/workbooks', status: 200, body: { workbooks: [{ name: 'b' }] } },
  { operation: 'GET /v2/workbooks/{name}', path: () => '/v2/workbooks/b', status: 200, body: { definition: WORKBOOK } },
  { operation: 'POST /v2/workbooks/validate', send: { text: WORKBOOK }, status: 200, body: { valid: true } },
  { operation: 'DELETE /v2/workbooks/{name}', path: () => '/v2/workbooks/b', status: 204 },

  { operation: 'POST /v2/environments', send: { json: { name: 'e', variables: { x: 1 } } }, status: 201 },
  { operation: 'PUT /v2/environments', send: { json: { name: 'e', variables: { x: 2 } } }, status: 200 },
  { operation: 'GET /v2/environments', status: 200, body: { environments: [{ name: 'e' }] } },
  {
    operation: 'GET /v2/environments/{name}',
    path: () => '/v2/environments/e',
    status: 200,
    body: { variables: '{"x": 2}' },
  },
  { operation: 'DELETE /v2/environments/{name}', path: () => '/v2/environments/e', status: 204 },

  {
    operation: 'POST /v2/code_sources',
    path: () => '/v2/code_sources?name=s',
    send: { text: CODE },
    status: 201,
    body: { name: 's', version: 1 },
  },
  {
    operation: 'PUT /v2/code_sources',
    path: () => '/v2/code_sources?identifier=s',
    send: { text: CODE },
    status: 200,
    body: { version: 2 },
  },
  {
    operation: 'PUT /v2/code_sources/{identifier}',
    path: () => '/v2/code_sources/s',
    send: { text: CODE },
    status: 200,
    body: { version: 3 },
  },
  { operation: 'GET /v2/code_sources', status: 200, body: { code_sources: [{ name: 's' }] } },
  {
    operation: 'GET /v2/code_sources/{identifier}',
    path: () => '/v2/code_sources/s',
    status: 200,
    body: { content: CODE },
  },
  {
    operation: 'POST /v2/dynamic_actions',
    send: { json: { name: 'd', class_name: 'C', code_source_name: 's' } },
    status: 201,
    body: { name: 'd', code_source_name: 's' },
  },
  { operation: 'PUT /v2/dynamic_actions', send: { json: { name: 'd', class_name: 'C' } }, status: 200 },
  { operation: 'GET /v2/dynamic_actions', status: 200, body: { dynamic_actions: [{ name: 'd' }] } },
  {
    operation: 'GET /v2/dynamic_actions/{identifier}',
    path: () => '/v2/dynamic_actions/d',
    status: 200,
    body: { class_name: 'C' },
  },
  { operation: 'DELETE /v2/dynamic_actions/{identifier}', path: () => '/v2/dynamic_actions/d', status: 204 },
  { operation: 'DELETE /v2/code_sources/{identifier}', path: () => '/v2/code_sources/s', status: 204 },

  {
    operation: 'POST /v2/cron_triggers',
    send: { json: { name: 'c', workflow_name: 'w', pattern: '0 3 * * *' } },
    status: 201,
    body: { name: 'c', workflow_name: 'w' },
  },
  { operation: 'GET /v2/cron_triggers', status: 200, body: { cron_triggers: [{ name: 'c' }] } },
  {
    operation: 'GET /v2/cron_triggers/{identifier}',
    path: () => '/v2/cron_triggers/c',
    status: 200,
    body: { pattern: '0 3 * * *' },
  },
  { operation: 'DELETE /v2/cron_triggers/{identifier}', path: () => '/v2/cron_triggers/c', status: 204 },
  {
    operation: 'POST /v2/event_triggers',
    send: (ids) => ({ json: { name: 'o', workflow_id: ids.workflow, exchange: 'x', topic: 't', event: 'f' } }),
    status: 201,
    body: { exchange: 'x' },
  },
  { operation: 'GET /v2/event_triggers', status: 200, body: { event_triggers: [{ name: 'n' }, { name: 'o' }] } },
  { operation: 'GET /v2/event_triggers/{id}', path: (ids) => `/v2/event_triggers/${ids.event}`, status: 200 },
  {
    operation: 'PUT /v2/event_triggers/{id}',
    path: (ids) => `/v2/event_triggers/${ids.event}`,
    send: { json: { name: 'p' } },
    status: 200,
    body: { name: 'p' },
  },
  { operation: 'DELETE /v2/event_triggers/{id}', path: (ids) => `/v2/event_triggers/${ids.event}`, status: 204 },

  { operation: 'POST /v2/executions', send: { json: { workflow_name: 'w' } }, status: 201, body: { state: 'RUNNING' } },
  {
    operation: 'GET /v2/executions',
    path: () => '/v2/executions?state=ERROR',
    status: 200,
    body: { executions: [{}] },
  },
  {
    operation: 'GET /v2/executions/{id}',
    path: (ids) => `/v2/executions/${ids.execution}`,
    status: 200,
    body: { state: 'SUCCESS', published_global: '{}' },
  },
  {
    operation: 'PUT /v2/executions/{id}',
    path: (ids) => `/v2/executions/${ids.waiting}`,
    send: { json: { state: 'PAUSED' } },
    status: 200,
    body: { state: 'PAUSED' },
  },
  {
    operation: 'GET /v2/executions/{id}/tasks',
    path: (ids) => `/v2/executions/${ids.execution}/tasks`,
    status: 200,
    body: { tasks: [{ name: 't' }] },
  },
  {
    operation: 'GET /v2/executions/{id}/executions',
    path: (ids) => `/v2/executions/${ids.execution}/executions`,
    status: 200,
    body: { executions: [{ workflow_name: 'w' }] },
  },
  {
    operation: 'GET /v2/executions/{id}/report',
    path: (ids) => `/v2/executions/${ids.execution}/report`,
    status: 200,
    body: { statistics: { success_tasks_count: 1 }, root_workflow_execution: { task_executions: [{ name: 't' }] } },
  },
  {
    operation: 'GET /v2/executions/{id}/why',
    path: (ids) => `/v2/executions/${ids.waiting}/why`,
    status: 200,
    body: { state: 'PAUSED', tasks: [{ name: 't' }] },
  },
  {
    operation: 'GET /v2/executions/{id}/history',
    path: (ids) => `/v2/executions/${ids.execution}/history`,
    status: 200,
  },
  { operation: 'GET /v2/executions/{id}/events', path: (ids) => `/v2/executions/${ids.execution}/events`, status: 200 },
  {
    operation: 'POST /v2/executions/bulk',
    send: { json: { action: 'stop', filter: { workflow_name: 'waiting' }, dry_run: true } },
    status: 200,
    body: { matched: 1, done: 0 },
  },

  { operation: 'GET /v2/tasks', path: () => '/v2/tasks?state=ERROR', status: 200, body: { tasks: [{ name: 't' }] } },
  { operation: 'GET /v2/tasks/{id}', path: (ids) => `/v2/tasks/${ids.task}`, status: 200, body: { result: '1' } },
  {
    operation: 'PUT /v2/tasks/{id}',
    path: (ids) => `/v2/tasks/${ids.failed}`,
    send: { json: { state: 'SKIPPED' } },
    status: 200,
    body: { state: 'SKIPPED', state_info: 'Task was skipped.' },
  },
  {
    operation: 'GET /v2/tasks/{id}/action_executions',
    path: (ids) => `/v2/tasks/${ids.task}/action_executions`,
    status: 200,
    body: { action_executions: [{ name: 'std.echo' }] },
  },
  {
    operation: 'GET /v2/tasks/{id}/action_executions/{actionId}',
    path: (ids) => `/v2/tasks/${ids.task}/action_executions/${ids.action}`,
    status: 200,
    body: { output: '{"result": 1}' },
  },
  {
    operation: 'GET /v2/tasks/{id}/workflow_executions',
    path: (ids) => `/v2/tasks/${ids.task}/workflow_executions`,
    status: 200,
    body: { executions: [] },
  },
  {
    operation: 'GET /v2/tasks/{id}/executions',
    path: (ids) => `/v2/tasks/${ids.task}/executions`,
    status: 200,
    body: { executions: [] },
  },

  { operation: 'GET /v2/action_executions', status: 200 },
  {
    operation: 'POST /v2/action_executions',
    send: { json: { name: 'std.echo', input: { output: 'hi' } } },
    status: 201,
    body: { id: null, output: '{"result": "hi"}' },
  },
  {
    operation: 'GET /v2/action_executions/{id}',
    path: (ids) => `/v2/action_executions/${ids.action}`,
    status: 200,
    body: { state: 'SUCCESS' },
  },
  {
    operation: 'PUT /v2/action_executions/{id}',
    path: (ids) => `/v2/action_executions/${ids.slow}`,
    send: { json: { state: 'SUCCESS', output: { x: 1 } } },
    status: 200,
    body: { output: '{"result": {"x": 1}}' },
  },
  { operation: 'DELETE /v2/action_executions/{id}', path: (ids) => `/v2/action_executions/${ids.own}`, status: 204 },
  {
    operation: 'DELETE /v2/executions/{id}',
    path: (ids) => `/v2/executions/${ids.waiting}?force=true`,
    status: 204,
  },

  ...['GET', 'POST'].map((method) => ({
    operation: `${method} /v2/workflows/{workflow_id}/members`,
    path: (ids: Ids) => `/v2/workflows/${ids.workflow}/members`,
    send: method === 'GET' ? {} : { json: { member_id: 'them' } },
    status: 400,
    body: { faultstring: NO_MEMBERS },
  })),
  ...['GET', 'PUT', 'DELETE'].map((method) => ({
    operation: `${method} /v2/workflows/{workflow_id}/members/{member_id}`,
    path: (ids: Ids) => `/v2/workflows/${ids.workflow}/members/them`,
    send: method === 'PUT' ? { json: { status: 'accepted' } } : {},
    status: 400,
    body: { faultstring: NO_MEMBERS },
  })),
];

let api: ApiUnderTest;
let ids: Ids;

beforeAll(async () => {
  api = await ApiUnderTest.start({ INFO_FILE: OPEN_API_FILE, ALLOW_ACTION_EXECUTION_DELETION: 'true' });
  for (const text of [WORKFLOW, FAILING, WAITING]) await api.upload('/v2/workflows', text);
  const runs = ['w', 'failing', 'waiting'].map((name) => api.post('/v2/executions?wait=1', { workflow_name: name }));
  const [execution, failing, waiting] = (await Promise.all(runs)).map(idOf);
  const task = await firstId(`/v2/executions/${String(execution)}/tasks`, 'tasks');
  const slow = await firstId(`/v2/executions/${String(waiting)}/tasks`, 'tasks');
  const own = idOf(await api.post('/v2/action_executions', { name: 'std.noop', params: { save_result: true } }));
  await until(async () => (await api.get(`/v2/action_executions/${own}`)).body['state'] === 'SUCCESS');
  const workflow = idOf(await api.get('/v2/workflows/w'));
  const trigger = { name: 'n', workflow_id: workflow, exchange: 'x', topic: 't', event: 'e' };
  ids = {
    workflow,
    execution: String(execution),
    waiting: String(waiting),
    task,
    own,
    failed: await firstId(`/v2/executions/${String(failing)}/tasks`, 'tasks'),
    action: await firstId(`/v2/tasks/${task}/action_executions`, 'action_executions'),
    slow: await firstId(`/v2/tasks/${slow}/action_executions`, 'action_executions'),
    event: idOf(await api.post('/v2/event_triggers', trigger)),
  };
});
afterAll(() => api.stop());

function idOf({ body }: Answer): string {
  return String(body['id']);
}

async function firstId(path: string, key: string): Promise<string> {
  const rows = (await api.get(path)).body[key] as unknown as readonly { readonly id: string }[];
  return rows[0]?.id ?? '';
}

describe('every operation that openapi.json knows', () => {
  it('has a request here', () => {
    expect(ROWS.map((row) => row.operation).sort()).toEqual(operations.map((one) => one.title).sort());
  });

  it.each(ROWS)('$operation answers $status', async ({ operation, path, send = {}, status, body = {} }) => {
    const [method = '', plain = ''] = operation.split(' ');
    const { headers, ...rest } = typeof send === 'function' ? send(ids) : send;
    const answer = await api.call(method, path?.(ids) ?? plain, { ...rest, headers: { ...ADMIN, ...headers } });

    expect({ status: answer.status, body: answer.body }).toMatchObject({ status, body });
    const declared = operations.find((one) => one.title === operation);
    expect(declared && problemOf(declared, answer)).toBeUndefined();
  });
});

describe('every class of error', () => {
  it.each([
    [400, 'bad input', 'POST', '/v2/executions', { json: { workflow_name: 1 } }],
    [400, 'a definition that can not be parsed', 'POST', '/v2/workflows', { text: '{' }],
    [400, 'a definition with a mistake', 'POST', '/v2/workflows', { text: "version: '2.0'\nx: {tasks: 1}\n" }],
    [400, 'a scope that does not exist', 'POST', '/v2/workflows?scope=ours', { text: WORKFLOW }],
    [
      400,
      'input that the workflow does not take',
      'POST',
      '/v2/executions',
      { json: { workflow_name: 'w', input: { x: 1 } } },
    ],
    [400, 'an action that does not exist', 'POST', '/v2/action_executions', { json: { name: 'nothing' } }],
    [400, 'an event trigger without an event', 'POST', '/v2/event_triggers', { json: { name: 'x' } }],
    [400, 'an unknown state', 'PUT', '/v2/executions/{execution}', { json: { state: 'IDLE' } }],
    [400, 'a transition that does not exist', 'PUT', '/v2/executions/{execution}', { json: { state: 'PAUSED' } }],
    [400, 'an unknown parameter', 'GET', '/v2/tasks?bogus=1', {}],
    [400, 'a limit of nothing', 'GET', '/v2/tasks?limit=0', {}],
    [400, 'an unknown sort key', 'GET', '/v2/tasks?sort_keys=bogus', {}],
    [400, 'a missing identifier', 'DELETE', '/v2/workflows', {}],
    [403, 'what only admins may', 'GET', '/v2/code_sources', {}],
    [403, 'a scope that only admins may give', 'POST', '/v2/workflows?scope=public', { text: WORKFLOW }],
    [403, 'what is not over', 'DELETE', '/v2/executions/{waiting}', {}],
    [404, 'nothing of that identifier', 'GET', '/v2/executions/nothing', {}],
    [404, 'a marker that does not exist', 'GET', '/v2/workflows?marker=8b778ab8-b5b7-4da1-93d0-571311b26497', {}],
    [404, 'no such path', 'GET', '/v2/services', {}],
    [405, 'a method that the path lacks', 'PUT', '/v2/cron_triggers', { json: {} }],
    [406, 'an answer that is no JSON', 'GET', '/v2/tasks', { headers: { accept: 'text/html' } }],
    [409, 'what exists already', 'POST', '/v2/workflows', { text: WORKFLOW }],
    [415, 'XML', 'POST', '/v2/workflows', { text: '<a/>', headers: { 'content-type': 'text/xml' } }],
    [415, 'JSON that is not called so', 'POST', '/v2/executions', { text: '{}' }],
  ] as readonly (readonly [number, string, string, string, RequestOptions])[])(
    'answers %i for %s',
    async (status, _what, method, path, options) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Ids) => other[name] ?? '');
      const answer = await api.call(method, filled, options);

      expect(answer.status).toBe(status);
      const text = answer.body['faultstring'] ?? '';
      expect(text).toMatch(/\S/);
      if (/^[\x20-\x7e]{1,500}$/.test(text)) expect(answer.headers['server-error-message']).toBe(text);
    },
  );

  it('answers 423 during maintenance, also where the request is wrong otherwise', async () => {
    await api.put('/maintenance', { status: 'PAUSED' });
    const answers = [
      await api.post('/v2/executions', {}),
      await api.delete('/v2/workflows/w'),
      await api.get('/v2/tasks'),
    ];
    await api.put('/maintenance', { status: 'RUNNING' });

    expect(answers.map(({ status }) => status)).toEqual([423, 423, 200]);
  });

  const other: Partial<Ids> = {};
  beforeAll(async () => {
    const start = (name: string): Promise<Answer> => api.post('/v2/executions?wait=1', { workflow_name: name });
    other.execution = idOf(await start('w'));
    other.waiting = idOf(await start('waiting'));
  });
});
