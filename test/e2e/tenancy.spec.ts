import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED } from '../properties/settings.js';
import { operations } from '../support/open-api.js';
import { CASES } from './tenancy/cases.js';
import { Probe } from './tenancy/probe.js';
import { Projects, type Request } from './tenancy/projects.js';
import { type Parameter, queriesOf } from './tenancy/routes.js';
import { makeThings, type Names, OWNER, STRANGE_ADMIN, STRANGER, UNKNOWN } from './tenancy/world.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 10);
const ROUTES = operations.map(({ title }) => title);

let projects: Projects;
let probe: Probe;
let hidden: Names;
let open: Names;
let shared: Names;

beforeAll(async () => {
  projects = await Projects.start();
  hidden = await makeThings(projects, 'sesame', 'private');
  open = await makeThings(projects, 'open', 'public');
  shared = await makeThings(projects, 'shared', 'private');
  const offer = `/v2/workflows/${shared.workflow}/members`;
  await projects.make(OWNER, 'POST', { path: offer, json: { member_id: STRANGER.projectId } });
  await projects.make(STRANGER, 'PUT', { path: `${offer}/${STRANGER.projectId}`, json: { status: 'accepted' } });
  await projects.make(OWNER, 'POST', {
    path: `/v2/workflows/${hidden.workflow}/members`,
    json: { member_id: 'third' },
  });
  probe = await Probe.prepare(projects, hidden);
}, 60_000);
afterAll(() => projects.stop());

function requestsOf(route: string, names: Names): readonly Request[] {
  return CASES[route]?.(names) ?? [];
}

function methodOf(route: string): string {
  return route.split(' ', 1)[0] ?? '';
}

it('has a case for every route of openapi.json, and for no other', () => {
  expect(Object.keys(CASES).sort()).toEqual([...ROUTES].sort());
  expect(ROUTES.filter((route) => requestsOf(route, UNKNOWN).length === 0)).toEqual([]);
});

describe('what is private is for a stranger as if it did not exist', () => {
  const ask = async (route: string, index: number, query: readonly Parameter[], names: Names) => {
    const request = requestsOf(route, names)[index];
    if (request === undefined) throw new Error(`no request ${index} of ${route}`);
    const more = query.map(([name, value]) => `${name}=${value(names)}`).join('&');
    const mark = request.path.includes('?') ? '&' : '?';
    return probe.ask(methodOf(route), more === '' ? request : { ...request, path: request.path + mark + more }, names);
  };
  const check = async (route: string, index: number, query: readonly Parameter[]): Promise<void> => {
    const [found, missed] = [await ask(route, index, query, hidden), await ask(route, index, query, UNKNOWN)];
    expect(found.shown).toEqual(missed.shown);
    expect(found.leaks).toEqual([]);
    expect(found.answer.status).toBeLessThan(500);
  };

  it.each(operations)('$title', async (operation) => {
    const route = operation.title;
    const before = await probe.ownersRows();
    const indexes = requestsOf(route, UNKNOWN).map((_, index) => index);
    for (const index of indexes) await check(route, index, []);
    const queries = queriesOf(operation);
    if (queries !== undefined) {
      const random = fc.asyncProperty(fc.constantFrom(...indexes), queries, (index, query) =>
        check(route, index, query),
      );
      await fc.assert(random, { seed: SEED, numRuns: RUNS });
    }
    expect(await probe.ownersRows()).toEqual(before);
  });

  it('an identifier that its owner has given to an execution stays theirs', async () => {
    for (const id of [hidden.execution, hidden.chosenExecution]) {
      const json = { id, workflow_name: 'probe', input: { id: '' } };
      const { answer, leaks } = await probe.ask('POST', { path: '/v2/executions?wait=300', json }, hidden);
      expect([answer.status, leaks]).toEqual([404, []]);
    }
  });
});

describe('counts', () => {
  const LISTS = ROUTES.filter((route) => requestsOf(route, UNKNOWN).some(({ path }) => path.includes('limit=1000')));

  it.each(LISTS)('%s counts what it shows', async (route) => {
    const [request] = requestsOf(route, hidden);
    const { answer } = await probe.ask('GET', request ?? { path: '' }, hidden);
    if (answer.status === 403) return;
    const [rows = []] = Object.values(JSON.parse(answer.text) as Record<string, readonly unknown[]>);
    expect(answer.count).toBe(String(rows.length));
  });
});

const READS = [
  'GET /v2/workflows/{identifier}',
  'GET /v2/workflows/{identifier}/versions',
  'GET /v2/workflows/{identifier}/versions/{version}',
  'GET /v2/actions/{name}',
  'GET /v2/workbooks/{name}',
  'GET /v2/environments/{name}',
  'GET /v2/cron_triggers/{identifier}',
  'GET /v2/event_triggers/{id}',
] as const;
const WRITES = [
  'PUT /v2/workflows',
  'PUT /v2/workflows/{identifier}',
  'DELETE /v2/workflows/{identifier}',
  'PUT /v2/actions',
  'PUT /v2/actions/{identifier}',
  'DELETE /v2/actions/{identifier}',
  'PUT /v2/workbooks',
  'DELETE /v2/workbooks/{name}',
  'PUT /v2/environments',
  'DELETE /v2/environments/{name}',
  'DELETE /v2/cron_triggers/{identifier}',
  'PUT /v2/event_triggers/{id}',
  'DELETE /v2/event_triggers/{id}',
] as const;

describe('what is public', () => {
  it.each(READS)('can be read by a stranger: %s', async (route) => {
    for (const request of requestsOf(route, open)) {
      expect((await probe.ask('GET', request, open)).answer.status).toBe(200);
    }
  });

  it.each(WRITES)('cannot be changed by a stranger: %s', async (route) => {
    const before = await probe.ownersRows();
    for (const request of requestsOf(route, open)) {
      const { answer } = await probe.ask(methodOf(route), request, open);
      expect([request.path, answer.status]).toEqual([request.path, 403]);
      expect(answer.text).toContain('resource of other projects');
    }
    expect(await probe.ownersRows()).toEqual(before);
  });

  it('does not make its runs public', async () => {
    for (const route of ROUTES.filter((one) => /\/(?:executions|tasks|action_executions)\/\{id\}$/.test(one))) {
      for (const [index, request] of requestsOf(route, open).entries()) {
        const missed = requestsOf(route, UNKNOWN)[index] ?? request;
        const { shown } = await probe.ask(methodOf(route), request, open);
        expect(shown).toEqual((await probe.ask(methodOf(route), missed, UNKNOWN)).shown);
      }
    }
  });
});

describe('a workflow that was shared and accepted', () => {
  const READABLE = READS.filter((route) => route.includes('/workflows'));
  const WRITABLE = [
    ...WRITES.filter((route) => route.includes('/workflows/')),
    'POST /v2/workflows/{workflow_id}/members',
  ];

  it.each(READABLE)('can be read: %s', async (route) => {
    for (const request of requestsOf(route, shared)) {
      expect((await probe.ask('GET', request, shared)).answer.status).toBe(200);
    }
  });

  it('can be run and triggered', async () => {
    for (const route of ['POST /v2/cron_triggers', 'POST /v2/event_triggers']) {
      for (const request of requestsOf(route, shared)) {
        expect((await probe.ask('POST', request, shared)).answer.status).toBe(201);
      }
    }
    const run = { path: '/v2/executions', json: { workflow_id: shared.workflow, input: { word: 'mine' } } };
    expect((await probe.ask('POST', run, shared)).answer.status).toBe(201);
  });

  it.each(WRITABLE)('cannot be changed or shared on: %s', async (route) => {
    const before = await probe.ownersRows();
    for (const request of requestsOf(route, shared)) {
      expect((await probe.ask(methodOf(route), request, shared)).answer.status).toBe(403);
    }
    expect(await probe.ownersRows()).toEqual(before);
  });
});

describe('an administrator of another project', () => {
  const ask = async (method: string, path: string, json?: unknown) =>
    (await probe.ask(method, json === undefined ? { path } : { path, json }, hidden, STRANGE_ADMIN)).answer;

  it('sees the things of all projects', async () => {
    const { workflow, execution, task, actionName, workbookName, cronTrigger, codeSource } = hidden;
    const paths = [`workflows/${workflow}`, `executions/${execution}`, `tasks/${task}`, `actions/${actionName}`];
    paths.push(`workbooks/${workbookName}`, `cron_triggers/${cronTrigger}`, `code_sources/${codeSource}`);
    for (const path of paths) expect([path, (await ask('GET', `/v2/${path}`)).status]).toEqual([path, 200]);
    for (const list of ['workflows', 'executions', 'tasks', 'action_executions', 'cron_triggers'])
      expect((await ask('GET', `/v2/${list}?limit=1000`)).text).toContain('sesame');
  });

  it('is a stranger to environments, offers, and what it would delete of workbooks and actions', async () => {
    const before = await probe.ownersRows();
    const { workflow, environmentName, workbookName, loneActionExecution } = hidden;
    const refused = [
      ['GET', `environments/${environmentName}`],
      ['DELETE', `environments/${environmentName}`],
      ['DELETE', `workbooks/${workbookName}`],
      ['DELETE', `action_executions/${loneActionExecution}`],
      ['GET', `workflows/${workflow}/members/third`],
      ['DELETE', `workflows/${workflow}/members/third`],
    ] as const;
    for (const [method, path] of refused) {
      expect([method, path, (await ask(method, `/v2/${path}`)).status]).toEqual([method, path, 404]);
    }
    expect((await ask('PUT', '/v2/environments', { name: environmentName, variables: {} })).status).toBe(404);
    expect((await ask('GET', `/v2/workflows/${workflow}/members`)).text).toBe('{"members":[]}');
    expect(await probe.ownersRows()).toEqual(before);
  });

  it('leaves in their project what it changes', async () => {
    const text = `version: '2.0'\nname: ${shared.workbookName}\nworkflows: {more: {tasks: {t: {action: std.noop}}}}\n`;
    const request = { path: '/v2/workbooks', text };
    expect((await probe.ask('PUT', request, shared, STRANGE_ADMIN)).answer.status).toBe(200);
    const { rows } = await projects.database.query('SELECT project_id FROM workflow_definitions WHERE name = $1', [
      `${shared.workbookName}.more`,
    ]);
    expect(rows).toEqual([{ project_id: 'owner' }]);
  });
});
