import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { until } from '../support/until.js';
import { ApiUnderTest, type Body } from './api-under-test.js';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const EXAMPLES = ['examples/crawl-report.yaml', 'examples/greet.yaml'];

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('tramontane eval', () => {
  it('prints the value, floats and integers apart', async () => {
    const context = await file('ctx.json', '{"x": 4.0, "n": 2}');

    expect(await run('eval', '<% [$.x, $.n] %>', '--context', context)).toEqual({
      code: 0,
      stdout: '[4.0, 2]\n',
      stderr: '',
    });
    expect(await run('eval', '{{ _.n }} of {{ _.x }}', '-c', context)).toMatchObject({ stdout: '"2 of 4.0"\n' });
  });

  it('shows where an expression is wrong', async () => {
    const { code, stderr } = await run('eval', '<% 1 + * 2 %>');

    expect(code).toBe(1);
    expect(stderr).toContain("unexpected '*'");
    expect(stderr.split('\n').slice(-3, -1)).toEqual(['  <% 1 + * 2 %>', '         ^']);
  });

  it('answers lines from stdin in order', async () => {
    const lines = [
      '{"expr": "<% $.a %>", "ctx": {"a": 1}}',
      '{"validate": "<% ( %>"}',
      '{"data": {"k": "{{ _.a }}"}, "ctx": {"a": [1]}}',
    ];

    const answers = (await pipe(lines.join('\n'), 'eval', '--jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);

    expect(answers).toEqual([
      { ok: true, result: 1 },
      { ok: false, error: 'grammar', message: expect.stringContaining('Parse error') },
      { ok: true, result: { k: [1] } },
    ]);
  });
});

describe('tramontane lint', () => {
  it('names file, line and column, and exits with 1', async () => {
    const path = await file('w.yaml', "version: '2.0'\nw:\n  tasks:\n    a: {action: std.echo output=1.5}\n");

    const { code, stdout } = await run('lint', path);

    expect(code).toBe(1);
    expect(stdout).toMatch(/w\.yaml:4:\d+: .*\[dropped-literal\]/);
  });

  it('is silent about the examples', async () => {
    expect(await run('lint', ...EXAMPLES)).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('tramontane rehearse', () => {
  it('says what goes differently than expected', async () => {
    const workflow =
      "version: '2.0'\nw: {tasks: {a: {action: x.y, retry: {count: 1, delay: 5}, on-error: b}, b: {action: std.noop}}}\n";
    await file('rehearsed.yaml', workflow);
    const good = await file(
      'good.yaml',
      'workflow: rehearsed.yaml\nactions: {a: {error: no}}\nexpect: {order: [a, b]}\n',
    );
    const bad = await file(
      'bad.yaml',
      'workflow: rehearsed.yaml\nactions: {a: {success: 1}}\nexpect: {tasks: {b: SUCCESS}}\n',
    );

    expect(await run('rehearse', good)).toEqual({ code: 0, stdout: `ok     ${good}\n`, stderr: '' });
    expect(await run('rehearse', good, bad)).toMatchObject({
      code: 1,
      stdout: `ok     ${good}\nFAILED ${bad}\n       tasks.b: expected SUCCESS, got null\n`,
    });
  });
});

describe('tramontane run', () => {
  it('runs a file without a server: progress on stderr, nothing but the output on stdout', async () => {
    const { code, stdout, stderr } = await run('run', 'examples/greet.yaml', '--input', '{"names": ["Ada", "Grace"]}');

    expect(stderr).toContain('greet_all ended in SUCCESS');
    expect(JSON.parse(stdout)).toEqual({ greetings: ['Hello, Ada!', 'Hello, Grace!'], count: 2 });
    expect(code).toBe(0);
  }, 60_000);

  it('exits by the state, also when it is interrupted', async () => {
    const path = await file('wait.yaml', "version: '2.0'\nw: {tasks: {t: {action: std.sleep seconds=60}}}\n");
    const child = spawn(process.execPath, [CLI, 'run', path], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('RUNNING')) child.kill('SIGINT');
    });

    expect(await once(child, 'close')).toEqual([2, null]);
  }, 60_000);

  it('ends without a word when it is interrupted while its database is being made', async () => {
    const path = await file('soon.yaml', "version: '2.0'\nw: {tasks: {t: {action: std.noop}}}\n");
    const data = join(folder, 'data');
    await chmod(folder, 0o711);
    const child = spawn(process.execPath, [CLI, 'run', path], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DATA_DIR: data },
    });
    const ended = Promise.all([once(child, 'close'), text(child.stderr)]);
    await until(() => existsSync(join(data, 'postgres/data.new')));
    // As a terminal does it: to the whole group.
    process.kill(-Number(child.pid), 'SIGINT');

    expect(await ended).toEqual([[2, null], '']);
  }, 60_000);

  it('refuses a wrong file before anything starts', async () => {
    const path = await file('wrong.yaml', "version: '2.0'\nw: {tasks: {t: {join: most}}}\n");

    expect(await run('run', path)).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('wrong.yaml:2:'),
    });
    expect(await run('run', 'nowhere.yaml')).toMatchObject({
      code: 3,
      stderr: 'nowhere.yaml: there is no such file\n',
    });
  });
});

describe('the client', () => {
  let api: ApiUnderTest;
  let url: string;
  beforeAll(async () => {
    api = await ApiUnderTest.start();
    await api.app.listen(0, '127.0.0.1');
    url = await api.app.getUrl();
  });
  afterAll(() => api.stop());

  const client = (command: string, ...args: readonly string[]): Promise<Outcome> => run(command, '--url', url, ...args);
  const json = async (command: string, ...args: readonly string[]): Promise<Body> =>
    JSON.parse((await client(command, '--json', ...args)).stdout) as Body;

  it('creates what is new and updates the rest', async () => {
    const one = await file('one.yaml', "version: '2.0'\na: {tasks: {t: {action: std.noop}}}\n");
    const two = await file(
      'two.yaml',
      "version: '2.0'\na: {tasks: {t: {action: std.noop}}}\nb: {tasks: {t: {action: std.noop}}}\n",
    );
    const others = await Promise.all([
      file('book.yaml', "version: '2.0'\nname: book\nworkflows: {w: {tasks: {t: {action: std.noop}}}}\n"),
      file('actions.yaml', "version: '2.0'\nshout: {base: std.echo output=ho}\n"),
      file('env.yaml', 'name: prod\nvariables: {region: north, rate: 2.0}\n'),
    ]);

    expect((await client('apply', one)).stdout).toBe('created workflow a\n');
    expect((await client('apply', two)).stdout).toBe('updated workflow a\ncreated workflow b\n');
    expect((await client('apply', ...others)).stdout).toBe(
      'created workbook book\ncreated action shout\ncreated environment prod\n',
    );
    expect((await client('apply', ...others)).stdout).toBe(
      'updated workbook book\nupdated action shout\nupdated environment prod\n',
    );
    expect((await client('get', 'environment', 'prod')).stdout).toContain('"rate": 2.0');
  });

  it('starts, waits, lists and shows', async () => {
    await client('apply', 'examples/greet.yaml');

    const { code, stdout } = await client('start', 'greet_all', '--wait', '--input', '{"names": ["Ada"]}');
    const [row] = (await json('list', 'executions', '--workflow', 'greet_all')) as unknown as Body[];
    const id = String(row?.['id']);

    expect({ code, output: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      output: { greetings: ['Hello, Ada!'], count: 1 },
    });
    expect((await client('list', 'executions', '--state', 'success')).stdout).toMatch(/^ID +WORKFLOW +STATE/);
    expect(await json('get', 'execution', id)).toMatchObject({ state: 'SUCCESS', workflow_name: 'greet_all' });
    expect((await client('logs', id)).stdout).toMatch(/SUCCESS +0 s +greet\n$/);
    expect(await client('watch', id)).toMatchObject({ code: 0, stderr: expect.stringContaining('SUCCESS   greet') });
  });

  it('lists versions of a workflow, shows and starts one', async () => {
    const saying = (says: number) =>
      `version: '2.0'\nsays: {output: {says: ${says}}, tasks: {t: {action: std.noop}}}\n`;
    for (const says of [1, 2]) await client('apply', await file('says.yaml', saying(says)));

    expect((await client('versions', 'says')).stdout).toMatch(
      /^VERSION +NAME +UPLOADED +CHECKSUM\n2 +says .*\n1 +says /,
    );
    expect(await json('get', 'workflow', 'says', '--version', '1')).toMatchObject({
      version: 1,
      definition: saying(1),
    });
    expect(await json('start', 'says', '--version', '1', '--wait')).toMatchObject({ output: { says: 1 } });
    expect(await json('start', 'says', '--wait')).toMatchObject({ output: { says: 2 } });
    expect(await client('get', 'environment', 'prod', '--version', '1')).toMatchObject({
      code: 3,
      stderr: '--version: only workflows keep their versions\n',
    });
  });

  it('stops all executions that filters match, and says which refused', async () => {
    await client('apply', await file('many.yaml', "version: '2.0'\nmany: {tasks: {t: {action: std.async_noop}}}\n"));
    const [first] = [await client('start', 'many'), await client('start', 'many')].map(({ stdout }) => stdout.trim());
    await client('pause', String(first));
    const where = ['--where', 'workflow_name=many'];

    expect((await client('bulk', 'stop', ...where, '--dry-run')).stdout).toBe('stop: 2 match\n');
    expect(await client('bulk', 'pause', ...where)).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^pause: done with 1 of 2 that match\nID +REASON\n\S+ +It is PAUSED: /),
      stderr: '1 refused:\n',
    });
    expect(await json('bulk', 'stop', ...where, '--state', 'ERROR', '-m', 'no more')).toEqual({
      matched: 2,
      done: 2,
      refused: [],
    });
    expect(await json('get', 'execution', String(first))).toMatchObject({ state: 'ERROR', state_info: 'no more' });
    expect(await client('bulk', 'delete')).toMatchObject({
      code: 3,
      stderr: 'bulk: which executions? --where FIELD=VALUE, or --all\n',
    });
  });

  it('pauses, resumes and stops an execution', async () => {
    await client('apply', await file('open.yaml', "version: '2.0'\nopen: {tasks: {t: {action: std.async_noop}}}\n"));
    const id = (await client('start', 'open')).stdout.trim();

    expect((await client('pause', id)).stdout).toBe(`execution of open ${id}: PAUSED\n`);
    expect((await client('resume', id)).stdout).toBe(`execution of open ${id}: RUNNING\n`);
    expect(await json('stop', id, '--state', 'ERROR', '--message', 'no more')).toMatchObject({
      state: 'ERROR',
      state_info: 'no more',
    });
    expect((await client('watch', id)).code).toBe(1);
  });

  it('runs a failed task again, and skips it', async () => {
    await client(
      'apply',
      await file('f.yaml', "version: '2.0'\nf: {tasks: {t: {action: std.fail}, u: {action: std.noop}}}\n"),
    );
    const execution = String((await json('start', 'f', '--wait'))['id']);
    const [task] = (await json('list', 'tasks', '--execution', execution, '--where', 'name=t')) as unknown as Body[];
    const id = String(task?.['id']);

    expect((await client('rerun', id, '--no-reset')).stderr).toBe(
      'Only with-items task has the option to not reset.\n',
    );
    expect((await client('rerun', id)).stdout).toMatch(`task t ${id}: `);
    expect((await client('watch', execution)).code).toBe(1);
    expect((await client('skip', id)).stdout).toBe(`task t ${id}: SKIPPED\n`);
    expect((await client('watch', execution)).code).toBe(0);
  });

  it('says in one sentence what is wrong', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;

    expect(await client('start', 'nothing')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Workflow not found [workflow_identifier=nothing, namespace=]\n',
    });
    expect(await run('list', 'tasks', '--url', nobody)).toMatchObject({
      code: 1,
      stderr: `${nobody} can't be reached (nothing listens there); --url or TRAMONTANE_URL names another service\n`,
    });
    expect(await client('list', 'things')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('one of workflows'),
    });
  });
});

describe('tramontane completion', () => {
  it.each(['bash', 'zsh'])('writes a script for %s with all commands', async (shell) => {
    const { stdout } = await run('completion', shell);

    for (const word of ['run', 'rehearse', 'list', 'executions', '--json']) expect(stdout).toContain(word);
  });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

function run(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

function pipe(input: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.on('error', reject).on('close', () => resolve(text));
    child.stdin.end(input);
  });
}
