import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAdminDoor, type AdminDoor } from '../support/as-admin.js';
import { hasMistralClient, MistralClient } from '../support/mistral-client.js';
import { until } from '../support/until.js';
import { ApiUnderTest } from './api-under-test.js';

const FILES = {
  'workflows.yaml': `version: '2.0'
greet:
  tags: [hello]
  input: [name, greeting: hello]
  output: {text: <% $.text %>}
  tasks:
    t:
      action: std.echo output="<% $.greeting %> <% $.name %>"
      publish: {text: <% task().result %>}
      publish-on-error: {text: none}
outer:
  tasks:
    inner: {workflow: greet name="all"}
`,
  'failing.yaml': `version: '2.0'
failing:
  tasks:
    bad: {action: std.fail}
`,
  'waiting.yaml': `version: '2.0'
waiting:
  tasks:
    slow: {action: std.async_noop, on-success: after}
    after: {action: std.noop}
`,
  'action.yaml': `version: '2.0'
shout:
  description: Says it twice.
  tags: [loud]
  input: [what]
  base: std.echo
  base-input: {output: '<% $.what %> <% $.what %>'}
`,
  'book.yaml': `version: '2.0'
name: book
workflows:
  page:
    tasks:
      t: {action: std.noop}
`,
  'wrong.yaml': `version: '2.0'
wrong:
  tasks: {t: {acton: std.noop}}
`,
  'prod.json': JSON.stringify({ name: 'prod', description: 'the real one', variables: { host: 'db1' } }),
  'prod2.json': JSON.stringify({ name: 'prod', variables: { host: 'db2' } }),
  'code.js': 'export class Greet {\n  run() {\n    return 1;\n  }\n}\n',
};

type Row = Readonly<Record<string, unknown>>;
type Rows = readonly Row[];

const isThere = hasMistralClient();
if (!isThere) console.log('skipped: python-mistralclient is not installed and can not be installed here');

let api: ApiUnderTest;
let mistral: MistralClient;
let door: AdminDoor;
let admin: MistralClient;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mistralclient-'));
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  api = await ApiUnderTest.start();
  await api.app.listen(0, '127.0.0.1');
  mistral = new MistralClient(`${await api.app.getUrl()}/v2`);
  door = await openAdminDoor(await api.app.getUrl());
  admin = new MistralClient(`${door.url}/v2`);
});
afterAll(async () => {
  mistral.close();
  admin.close();
  door.close();
  await api.stop();
  await rm(folder, { recursive: true });
});

function file(name: keyof typeof FILES): string {
  return join(folder, name);
}

async function stateOf(id: unknown, state: string): Promise<void> {
  await until(async () => {
    const { body } = await api.get(`/v2/executions/${String(id)}`);
    if (body['state'] !== state) throw new Error(`is ${String(body['state'])}: ${String(body['state_info'])}`);
    return true;
  });
}

/** Starts a workflow with the client and waits for its state. */
async function started(state: string, ...args: readonly string[]): Promise<string> {
  const { ID } = await mistral.json('execution-create', ...args);
  await stateOf(ID, state);
  return String(ID);
}

(isThere ? describe : describe.skip)('python-mistralclient', () => {
  it('creates, shows, lists, updates and validates definitions', async () => {
    const created = await mistral.json<Rows>('workflow-create', file('workflows.yaml'));
    expect(created.map((row) => [row['Name'], row['Tags'], row['Scope']])).toEqual([
      ['greet', 'hello', 'private'],
      ['outer', '<none>', 'private'],
    ]);
    const outcomes = await Promise.all([
      mistral.json<Rows>('workflow-create', file('failing.yaml')),
      mistral.json<Rows>('workflow-create', file('waiting.yaml')),
      mistral.json<Rows>('action-create', file('action.yaml')),
      mistral.json('workbook-create', file('book.yaml')),
      mistral.json('workflow-validate', file('wrong.yaml')),
      mistral.json('workflow-validate', file('workflows.yaml')),
      mistral.json('workbook-validate', file('book.yaml')),
      mistral.json('action-validate', file('action.yaml')),
    ]);

    expect(outcomes).toMatchObject([
      [{ Name: 'failing' }],
      [{ Name: 'waiting' }],
      [{ Name: 'shout', 'Is system': false, Input: 'what', Description: 'Says it twice.', Tags: 'loud' }],
      { Name: 'book', Scope: 'private' },
      { Valid: false, Error: expect.stringContaining('Invalid DSL') },
      { Valid: true },
      { Valid: true },
      { Valid: true },
    ]);
  });

  it('reads definitions', async () => {
    const [workflows, workflow, text, actions, action, actionText, books, book, bookText] = await Promise.all([
      mistral.json<Rows>('workflow-list', '--filter', 'name=in:greet,book.page', '--sort_keys', 'name'),
      mistral.json('workflow-get', 'greet'),
      mistral.text('workflow-get-definition', 'failing'),
      mistral.json<Rows>('action-list', '--filter', 'name=has:std.e', '--limit', '1'),
      mistral.json('action-get', 'shout'),
      mistral.text('action-get-definition', 'shout'),
      mistral.json<Rows>('workbook-list'),
      mistral.json('workbook-get', 'book'),
      mistral.text('workbook-get-definition', 'book'),
    ]);

    expect(workflows.map((row) => row['Name'])).toEqual(['book.page', 'greet']);
    expect(workflow).toMatchObject({ Name: 'greet', Input: 'name, greeting="hello"', 'Updated at': null });
    expect(text.trim()).toBe(FILES['failing.yaml'].trim());
    expect(actions).toMatchObject([{ Name: 'std.echo', 'Is system': false }]);
    expect(action).toMatchObject({ Name: 'shout', Tags: 'loud' });
    expect(actionText.trim()).toBe(FILES['action.yaml'].trim());
    expect(books).toMatchObject([{ Name: 'book' }]);
    expect(book).toMatchObject({ Name: 'book' });
    expect(bookText.trim()).toBe(FILES['book.yaml'].trim());
  });

  it('updates definitions', async () => {
    for (const name of ['failing.yaml', 'action.yaml', 'book.yaml'] as const) {
      await writeFile(file(name), `${FILES[name]}# again\n`);
    }
    const updates = await Promise.all([
      mistral.json<Rows>('workflow-update', file('failing.yaml')),
      mistral.json<Rows>('action-update', file('action.yaml')),
      mistral.json('workbook-update', file('book.yaml')),
    ]);

    const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
    expect(updates).toMatchObject([
      [{ Name: 'failing', 'Updated at': time }],
      [{ Name: 'shout', 'Updated at': time }],
      { Name: 'book', 'Updated at': time },
    ]);
  });

  it('runs a workflow and reads everything about the run', async () => {
    const id = await started('SUCCESS', 'outer', '-d', 'a try');
    const [row] = await mistral.json<Rows>('task-list', id);
    const task = String(row?.['ID']);
    const [one, input, output, published, report, below, tree, roots, result, vars, actions] = await Promise.all([
      mistral.json('execution-get', id),
      mistral.text('execution-get-input', id),
      mistral.text('execution-get-output', id),
      mistral.text('execution-get-published', id),
      mistral.text('execution-get-report', '--no-errors-only', id),
      mistral.json<Rows>('execution-get-sub-executions', id),
      mistral.json<Rows>('task-get-sub-executions', task),
      mistral.json<Rows>('execution-list', '--rootsonly', '--filter', 'workflow_name=outer'),
      mistral.text('task-get-result', task),
      mistral.text('task-get-published', task),
      mistral.json<Rows>('action-execution-list'),
    ]);

    expect(one).toMatchObject({ 'Workflow name': 'outer', State: 'SUCCESS', Description: 'a try' });
    expect([input, output, published].map((text) => JSON.parse(text) as unknown)).toEqual([{}, expect.any(Object), {}]);
    expect(report).toContain('inner');
    expect(below.map((each) => each['Workflow name'])).toEqual(['outer', 'greet']);
    expect(tree.map((each) => each['Workflow name'])).toEqual(['greet']);
    expect(roots.map((each) => each['ID'])).toEqual([id]);
    expect(JSON.parse(result)).toEqual({ text: 'hello all' });
    expect(JSON.parse(vars)).toEqual({});
    expect(actions).toMatchObject([{ Name: 'std.echo', 'Workflow name': 'greet', State: 'SUCCESS', Accepted: true }]);
    const action = String(actions[0]?.['ID']);
    const [shown, data, outcome, all, taskShown] = await Promise.all([
      mistral.json('action-execution-get', action),
      mistral.text('action-execution-get-input', action),
      mistral.text('action-execution-get-output', action),
      mistral.json<Rows>('execution-list', '--task', task),
      mistral.json('task-get', task),
    ]);
    expect(shown).toMatchObject({ ID: action, State: 'SUCCESS' });
    expect(JSON.parse(data)).toEqual({ output: 'hello all' });
    expect(JSON.parse(outcome)).toEqual({ result: 'hello all' });
    expect(all).toMatchObject([{ 'Workflow name': 'greet', 'Task Execution ID': task }]);
    expect(taskShown).toMatchObject({ ID: task, Name: 'inner', State: 'SUCCESS' });
  });

  it('controls runs: update, rerun, completion of an action, delete', async () => {
    const [failed, waiting] = await Promise.all([started('ERROR', 'failing'), started('RUNNING', 'waiting')]);
    const [bad] = await mistral.json<Rows>('task-list', failed);
    const paused = await mistral.json('execution-update', waiting, '-s', 'PAUSED');
    const resumed = await mistral.json('execution-update', waiting, '-s', 'RUNNING');
    const [slow] = await mistral.json<Rows>('action-execution-list', '--filter', 'state=RUNNING');
    const done = await mistral.json(
      ...['action-execution-update', String(slow?.['ID']), '--state', 'SUCCESS', '--output', '{"x": 1}'],
    );
    await stateOf(waiting, 'SUCCESS');
    const [rerun, described] = await Promise.all([
      mistral.json('task-rerun', String(bad?.['ID'])),
      mistral.json('execution-update', waiting, '-d', 'over'),
    ]);

    expect([paused['State'], resumed['State'], done['State']]).toEqual(['PAUSED', 'RUNNING', 'SUCCESS']);
    expect(rerun).toMatchObject({ ID: bad?.['ID'], Name: 'bad' });
    expect(described).toMatchObject({ Description: 'over' });
    await stateOf(failed, 'ERROR');
    expect((await mistral.run('execution-delete', failed, waiting)).code).toBe(0);
    expect((await api.get(`/v2/executions/${failed}`)).status).toBe(404);
  });

  it('runs actions on their own', async () => {
    const [text, saved, adHoc, broken] = await Promise.all([
      mistral.text('run-action', 'std.echo', '{"output": "hi"}'),
      mistral.json('run-action', '-s', 'std.noop'),
      mistral.text('run-action', 'shout', '{"what": "ho"}'),
      mistral.run('run-action', 'std.nothing'),
    ]);

    expect(JSON.parse(text)).toEqual({ result: 'hi' });
    expect(saved).toMatchObject({ Name: 'std.noop', State: 'RUNNING' });
    expect(JSON.parse(adHoc)).toEqual({ result: 'ho ho' });
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('Failed to find action') });
    const deleted = await mistral.run('action-execution-delete', String(saved['ID']));
    expect(deleted).toMatchObject({ code: 1, stdout: expect.stringContaining('deletion is not allowed') });
  });

  it('keeps environments', async () => {
    const created = await mistral.json('environment-create', file('prod.json'));
    const updated = await mistral.json('environment-update', file('prod2.json'));
    const [list, shown, exported] = await Promise.all([
      mistral.json<Rows>('environment-list'),
      mistral.json('environment-get', 'prod'),
      mistral.json('environment-get', '--export', 'prod'),
    ]);

    expect(created).toMatchObject({ Name: 'prod', Description: 'the real one', Scope: 'private' });
    expect(JSON.parse(String(updated['Variables']))).toEqual({ host: 'db2' });
    expect(list).toMatchObject([{ Name: 'prod' }]);
    expect(shown).toMatchObject({ Name: 'prod' });
    expect(exported).toMatchObject({ name: 'prod' });
    const id = await started('SUCCESS', 'greet', '{"name": "you"}', '{"env": "prod"}');
    expect((await api.get(`/v2/executions/${id}`)).body['params']).toContain('db2');
    expect((await mistral.run('environment-delete', 'prod')).code).toBe(0);
  });

  it('keeps triggers', async () => {
    const workflow = String((await api.get('/v2/workflows/failing')).body['id']);
    const [cron, event] = await Promise.all([
      mistral.json(
        'cron-trigger-create',
        'nightly',
        'greet',
        '{"name": "x"}',
        '--pattern',
        '0 3 * * *',
        '--count',
        '3',
      ),
      mistral.json('event-trigger-create', 'on-create', workflow, 'nova', 'notifications', 'created'),
    ]);
    const id = String(event['ID']);
    const [crons, oneCron, events, oneEvent] = await Promise.all([
      mistral.json<Rows>('cron-trigger-list'),
      mistral.json('cron-trigger-get', 'nightly'),
      mistral.json<Rows>('event-trigger-list'),
      mistral.json('event-trigger-get', id),
    ]);

    expect(cron).toMatchObject({ Name: 'nightly', Workflow: 'greet', Pattern: '0 3 * * *' });
    expect(event).toMatchObject({ Name: 'on-create', Exchange: 'nova', Topic: 'notifications', Event: 'created' });
    expect(crons).toMatchObject([{ Name: 'nightly', 'Remaining executions': 3 }]);
    expect(oneCron).toMatchObject({ Name: 'nightly' });
    expect(events).toMatchObject([{ ID: id }]);
    expect(oneEvent).toMatchObject({ ID: id, 'Workflow ID': workflow });
    const gone = await Promise.all([
      mistral.run('cron-trigger-delete', 'nightly'),
      mistral.run('event-trigger-delete', id),
    ]);
    expect(gone.map(({ code }) => code)).toEqual([0, 0]);
  });

  it('keeps code and the actions made of it, for admins', async () => {
    const source = await admin.json('code-source-create', 'mine', file('code.js'));
    const action = await admin.json('dynamic-action-create', 'my.act', 'Greet', 'mine');
    const read = await Promise.all([
      admin.json<Rows>('code-source-list'),
      admin.json('code-source-get', 'mine'),
      admin.text('code-source-get-content', 'mine'),
      admin.json<Rows>('dynamic-action-list'),
      admin.json('dynamic-action-get', 'my.act'),
      mistral.text('run-action', 'my.act'),
    ]);
    const updates = await Promise.all([
      admin.json('code-source-update', 'mine', file('code.js')),
      admin.json('dynamic-action-update', 'my.act', '--class-name', 'Greet'),
    ]);

    expect(source).toMatchObject({ Name: 'mine', Scope: 'private' });
    expect(action).toMatchObject({ Name: 'my.act', 'Code source name': 'mine' });
    expect(read.map((each) => (typeof each === 'string' ? each.trim() : each))).toMatchObject([
      [{ Name: 'mine' }],
      { Name: 'mine' },
      FILES['code.js'].trim(),
      [{ Name: 'my.act' }],
      { Name: 'my.act' },
      '{"result": 1}',
    ]);
    expect(updates).toMatchObject([{ Name: 'mine' }, { Name: 'my.act' }]);
    expect((await admin.run('dynamic-action-delete', 'my.act')).code).toBe(0);
    expect((await admin.run('code-source-delete', 'mine')).code).toBe(0);
  });

  it('says what the server says when something is refused', async () => {
    const refused = await Promise.all([
      mistral.run('workflow-get', 'nothing'),
      mistral.run('workflow-create', file('wrong.yaml')),
      mistral.run('workflow-create', file('failing.yaml')),
      mistral.run('execution-create', 'greet'),
      mistral.run('code-source-list'),
      mistral.run('dynamic-action-create', 'my.act', 'Greet', 'mine'),
      mistral.run('code-source-create', 'mine', file('code.js')),
      mistral.run('member-list', 'nothing', 'workflow'),
      mistral.run('service-list'),
    ]);

    expect(refused.map(({ code }) => code)).toEqual(refused.map(() => 1));
    expect(refused.slice(0, 7).map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('Workflow not found [workflow_identifier=nothing, namespace=]'),
      expect.stringContaining('Invalid DSL'),
      expect.stringContaining('Duplicate entry for WorkflowDefinition'),
      expect.stringContaining("missing=['name']"),
      expect.stringContaining('Operation forbidden (insufficient permissions)'),
      expect.stringContaining('Operation forbidden (insufficient permissions)'),
      expect.stringContaining('Operation forbidden (insufficient permissions)'),
    ]);
  });

  it('deletes definitions', async () => {
    const deleted = await Promise.all([
      mistral.run('workflow-delete', 'greet', 'outer', 'failing', 'waiting'),
      mistral.run('action-delete', 'shout'),
      mistral.run('workbook-delete', 'book'),
    ]);

    expect(deleted.map(({ code, stderr }) => [code, stderr])).toEqual(deleted.map(() => [0, '']));
    expect((await api.get('/v2/workflows')).body['workflows']).toMatchObject([{ name: 'book.page' }]);
    expect(mistral.count + admin.count).toBeGreaterThanOrEqual(60);
    console.log(`commands of the client: ${String(mistral.count + admin.count)}`);
  });
});
