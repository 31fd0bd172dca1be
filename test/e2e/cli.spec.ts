import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const CLI = join(import.meta.dirname, '../../dist/cli.js');

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
    expect(await run('lint', 'examples/crawl-report.yaml')).toEqual({ code: 0, stdout: '', stderr: '' });
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
