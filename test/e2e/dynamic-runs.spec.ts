import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { type Answer, ApiUnderTest, type Body } from './api-under-test.js';

const ADMIN = { 'x-roles': 'admin' };
const CODE = `import { failure } from '@tramontane/plugin-sdk';

export class Greet {
  constructor({ name = 'nobody' }) { this.name = name }
  run({ execution }) { return 'Hello ' + this.name + ' of ' + execution.workflowName }
}
export const sum = ({ input }) => input.numbers.reduce((a, b) => a + b, 0);
export const echo = ({ input }) => input;
export const refuse = ({ input }) => failure({ refused: input });
export function broken() {
  throw new Error('no paper');
}
export function endless() { for (;;); }
export const large = () => 'x'.repeat(2_000_000);
`;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start({ JAVASCRIPT_CPU_SECONDS: '1' });
  await source('tools', CODE);
  for (const name of ['Greet', 'sum', 'echo', 'refuse', 'broken', 'endless', 'large', 'absent'])
    await create(`my.${name}`, name);
});
afterAll(() => api.stop());

function source(name: string, text: string, query = ''): Promise<Answer> {
  return api.call('POST', `/v2/code_sources?name=${name}${query}`, { text, headers: ADMIN });
}
function create(name: string, className: string, more: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
  const json = { name, class_name: className, code_source_name: 'tools', ...more };
  return api.call('POST', '/v2/dynamic_actions', { json, headers: ADMIN });
}
async function ended(path: string): Promise<Body> {
  return until(async () => {
    const { body } = await api.get(path);
    return ['SUCCESS', 'ERROR'].includes(String(body['state'])) && body;
  }, 30_000);
}
/** The output of an execution of one workflow with these tasks. */
async function flow(name: string, tasks: string, more = '', namespace = ''): Promise<Body> {
  const text = `version: '2.0'\n${name}:\n${more}  tasks:\n${tasks}`;
  const { body: uploaded } = await api.upload(`/v2/workflows?namespace=${namespace}`, text);
  expect(uploaded['faultstring']).toBeUndefined();
  const json = { workflow_name: name, workflow_namespace: namespace };
  return ended(`/v2/executions/${(await api.post('/v2/executions', json)).body['id'] ?? ''}`);
}
async function taskOf(execution: Body): Promise<Body> {
  const { body } = await api.get(`/v2/tasks?workflow_execution_id=${execution['id']}`);
  return (await api.get(`/v2/tasks/${body['tasks']?.[0]?.['id'] ?? ''}`)).body;
}
function run(name: string, input: unknown, params: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
  return api.post('/v2/action_executions', { name, input, params });
}
function outputOf({ body }: Answer): unknown {
  return JSON.parse(String(body['output']));
}

describe('a dynamic action in a workflow', () => {
  it('runs a class, with whatever input the task has', async () => {
    const execution = await flow('classy', "    t: {action: my.Greet name='Ann'}\n");

    expect(execution['state']).toBe('SUCCESS');
    expect(JSON.parse((await taskOf(execution))['result'] ?? '')).toBe('Hello Ann of classy');
  });

  it('runs a function over items, on values that keep their form', async () => {
    const execution = await flow(
      'items',
      '    t: {with-items: "n in [1, 2, 3]", action: my.sum, input: {numbers: [<% $.n %>, 10, 1.5]}, publish: {all: <% task().result %>}}\n',
      '  output: {all: <% $.all %>}\n',
    );

    expect(JSON.parse(String(execution['output']))).toEqual({ all: [12.5, 13.5, 14.5] });
  });

  it.each([
    ['my.broken', "msg='Error: no paper (line 11)'"],
    ['my.absent', `msg='TypeError: there is no exported class or function "absent"'`],
    ['my.endless', "msg='the limit of 1 s of computing is over'"],
  ])('%s ends in an ordinary error of one sentence, which on-error handles', async (action, reason) => {
    const execution = await flow(
      `failing-${action}`,
      `    t: {action: ${action}, on-error: after}\n    after: {action: std.noop}\n`,
    );

    expect(execution['state']).toBe('SUCCESS');
    const { body } = await api.get(`/v2/tasks?workflow_execution_id=${execution['id']}&name=t`);
    expect(body['tasks']?.[0]?.['state_info']).toContain(reason);
    expect(body['tasks']?.[0]?.['state_info']).not.toContain('\n');
  });

  it('keeps the data of a failure', async () => {
    const execution = await flow('refused', '    t: {action: my.refuse, input: {a: 1}}\n');

    expect(execution['state']).toBe('ERROR');
    expect(JSON.parse((await taskOf(execution))['result'] ?? '')).toEqual({ refused: { a: 1 } });
  });

  it('honours the timeout of the task', async () => {
    const execution = await flow('timed', '    t: {action: my.endless, timeout: 1}\n');

    expect(execution['state']).toBe('ERROR');
  });

  it('may not answer more than an action may', async () => {
    const execution = await flow('large', '    t: {action: my.large}\n');

    expect(execution['state']).toBe('ERROR');
    expect(execution['state_info']).toContain('Field size limit exceeded');
  });

  it('may be the base of an ad-hoc action', async () => {
    await api.upload(
      '/v2/actions',
      "version: '2.0'\nloud:\n  input: [name]\n  base: my.echo\n  base-input: {who: <% $.name %>}\n  output: <% $.who.toUpper() %>\n",
    );
    const execution = await flow('wrapped', "    t: {action: loud name='Ann'}\n");

    expect(JSON.parse((await taskOf(execution))['result'] ?? '')).toBe('ANN');
    expect(outputOf(await run('loud', { name: 'Bob' }))).toEqual({ result: 'BOB' });
  });

  it('comes after actions of packs and ad-hoc ones of its name', async () => {
    await create('std.echo', 'broken');
    await create('shadowed', 'broken');
    await api.upload('/v2/actions', "version: '2.0'\nshadowed: {base: std.echo output='adhoc'}\n");

    expect(outputOf(await run('std.echo', { output: 1 }))).toEqual({ result: 1 });
    expect(outputOf(await run('shadowed', {}))).toEqual({ result: 'adhoc' });
  });
});

describe('the namespace of a dynamic action', () => {
  it('is that of the workflow, or else the default one', async () => {
    await source('tools', 'export const where = () => "north"', '&namespace=north');
    await source('more', 'export const where = () => "default"');
    await create('my.where', 'where', { namespace: 'north' });
    await create('my.where', 'where', { code_source_name: 'more' });

    const results = await Promise.all(
      ['north', '', 'south'].map(async (namespace, n) => {
        const execution = await flow(`where${n}`, '    t: {action: my.where}\n', '', namespace);
        return JSON.parse((await taskOf(execution))['result'] ?? '') as unknown;
      }),
    );
    expect(results).toEqual(['north', 'default', 'default']);
  });

  it('makes it unknown in others', async () => {
    await create('my.northern', 'where', { namespace: 'north' });
    const execution = await flow('lost', '    t: {action: my.northern}\n');

    expect(execution['state']).toBe('ERROR');
    expect(execution['state_info']).toContain('Failed to find action [action_name=my.northern, namespace=]');
  });
});

describe('the code of a dynamic action', () => {
  it('is that of the version there is when it runs', async () => {
    await source('versions', 'export const version = () => 1');
    await create('my.version', 'version', { code_source_name: 'versions' });
    const results = [outputOf(await run('my.version', {}))];
    for (const n of [2, 3]) {
      const text = `export const version = () => ${n}`;
      await api.call('PUT', '/v2/code_sources?identifier=versions', { text, headers: ADMIN });
      results.push(outputOf(await run('my.version', {})));
    }

    expect(results).toEqual([{ result: 1 }, { result: 2 }, { result: 3 }]);
  });

  it('may be anything until then', async () => {
    await source('python', 'class A:\n    pass\n');
    await create('my.python', 'A', { code_source_name: 'python' });
    const { status, body } = await run('my.python', {});

    expect([status, body['state']]).toEqual([201, 'ERROR']);
    expect(body['output']).toContain('SyntaxError');
  });

  it('goes with its source, and the action is unknown then', async () => {
    await source('leaving', 'export const a = () => 1');
    await create('my.leaving', 'a', { code_source_name: 'leaving' });
    expect((await run('my.leaving', {})).status).toBe(201);
    await api.call('DELETE', '/v2/code_sources/leaving', { headers: ADMIN });

    const { status, body } = await run('my.leaving', {});
    expect([status, body['faultstring']]).toEqual([400, 'Failed to find action [action_name=my.leaving]']);
  });
});

describe('a dynamic action of its own', () => {
  it.each([[{}], [{ run_sync: true, save_result: true }]])('runs at once with %j', async (params) => {
    const answer = await run('my.echo', { a: [1, null, 'ü'] }, params);

    expect([answer.status, answer.body['state']]).toEqual([201, 'SUCCESS']);
    expect(outputOf(answer)).toEqual({ result: { a: [1, null, 'ü'] } });
  });

  it('is run by an executor and stored', async () => {
    const { body } = await run('my.echo', { a: 1 }, { save_result: true });
    const stored = await ended(`/v2/action_executions/${body['id'] ?? ''}`);

    expect([stored['state'], stored['name']]).toEqual(['SUCCESS', 'my.echo']);
    expect(JSON.parse(String(stored['output']))).toEqual({ result: { a: 1 } });
  });
});

describe('GET /v2/actions', () => {
  const shown = {
    id: 'my.Greet',
    name: 'my.Greet',
    is_system: false,
    input: '',
    description: null,
    tags: null,
    definition: '',
    scope: 'private',
    project_id: '<default-project>',
    created_at: '',
    updated_at: '',
    namespace: '',
  };

  it('shows dynamic actions among the others', async () => {
    const { body } = await api.get('/v2/actions');
    const names = (body['actions'] ?? []).map((action) => action['name']);

    expect(names).toEqual(expect.arrayContaining(['my.Greet', 'std.noop', 'std.javascript']));
    expect((await api.get('/v2/actions?name=my.Greet')).body['actions']).toEqual([shown]);
    expect((await api.get('/v2/actions?name=my.Greet&namespace=north')).body['actions']).toEqual([]);
    expect((await api.get('/v2/actions?scope=public&name=my.Greet')).body['actions']).toEqual([]);
  });

  it('shows one by its name, in its namespace', async () => {
    expect((await api.get('/v2/actions/my.Greet')).body).toEqual(shown);
    expect((await api.get('/v2/actions/my.where?namespace=north')).body['namespace']).toBe('north');
    expect((await api.get('/v2/actions/my.Greet?namespace=north')).status).toBe(404);
  });

  it('pages through them', async () => {
    const { body } = await api.get('/v2/actions?limit=2&marker=my.broken');

    expect((body['actions'] ?? []).map((action) => action['name'])).toEqual(['my.echo', 'my.endless']);
  });
});

describe('std.javascript', () => {
  it('runs scripts of workflows', async () => {
    const execution = await flow(
      'script',
      "    t:\n      action: std.javascript\n      input: {script: 'return $.a * 2', context: {a: 21}}\n      publish: {b: <% task().result %>}\n",
      '  output: {b: <% $.b %>}\n',
    );

    expect(JSON.parse(String(execution['output']))).toEqual({ b: 42 });
  });

  it('leaves the service as it was when a script goes wrong', async () => {
    const scripts = ['for (;;);', 'const a = []; for (;;) a.push("x".repeat(1e5) + a.length)', 'return process.pid'];
    const answers = await Promise.all(scripts.map((script) => run('std.js', { script })));

    expect(answers.map(({ body }) => body['state'])).toEqual(['ERROR', 'ERROR', 'ERROR']);
    for (const { body } of answers) expect(body['output']).toContain('JavaScriptAction failed: ');
    expect(outputOf(await run('std.js', { script: 'return 1' }))).toEqual({ result: 1 });
  });
});
