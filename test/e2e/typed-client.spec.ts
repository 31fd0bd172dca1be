import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { OPEN_API_FILE } from '../support/open-api.js';
import { ApiUnderTest } from './api-under-test.js';

/** A client as a user would write it; each type comes from openapi.json. */
const PROGRAM = `import createClient from 'openapi-fetch';
import type { components, paths } from './openapi.js';

type Execution = components['schemas']['ExecutionDto'];

const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });
const definition = "version: '2.0'\\ngreet:\\n  input: [name]\\n  output: {text: <% $.text %>}\\n  tasks:\\n    t:\\n      action: std.echo output=<% 'Hello ' + $.name %>\\n      publish: {text: <% task().result %>}\\n";

const upload = await client.POST('/v2/workflows', {
  body: definition,
  bodySerializer: (text: string) => text,
  headers: { 'content-type': 'text/plain' },
});
const names: string[] = upload.data?.workflows.map((workflow) => workflow.name) ?? [];
const started = await client.POST('/v2/executions', {
  params: { query: { wait: 30 } },
  body: { workflow_name: 'greet', input: { name: 'Ada' } },
});
const execution: Execution | undefined = started.data;
const id: string = execution?.id ?? '';
const tasks = await client.GET('/v2/executions/{id}/tasks', { params: { path: { id } } });
const states: (string | undefined)[] = tasks.data?.tasks.map((task) => task.state) ?? [];
const { data, error } = await client.GET('/v2/executions/{id}', { params: { path: { id: 'nobody' } } });
const fault: string = error?.faultstring ?? '';
console.log(JSON.stringify({ names, state: execution?.state, output: execution?.output, states, data, fault }));
`;
const MISTAKES = [
  ['workflow.name)', 'workflow.title)'],
  ['wait: 30', 'wait: "soon"'],
  ["workflow_name: 'greet'", 'workflow_name: 7'],
  ["'/v2/executions/{id}/tasks'", "'/v2/executions/{id}/jobs'"],
  ['error?.faultstring', 'error?.message'],
] as const;

let folder: string;
/** What the compiler says of each source. */
let complaints: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  // Inside the project, so that the program finds its packages.
  const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'typed-client-'));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  const types = await openapiTS(pathToFileURL(OPEN_API_FILE));
  await writeFile(join(folder, 'openapi.ts'), astToString(types));
  const mistaken = MISTAKES.map(([right, wrong], i) => [`mistake-${i}.ts`, PROGRAM.replace(right, wrong)] as const);
  complaints = await compile({ 'client.ts': PROGRAM, ...Object.fromEntries(mistaken) });
});
afterAll(() => rm(folder, { recursive: true }));

it('runs a workflow through a client whose types are made from openapi.json', async () => {
  expect(complaints.get('client.ts')).toEqual([]);
  const api = await ApiUnderTest.start();
  await api.app.listen(0, '127.0.0.1');

  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'client.js'), await api.app.getUrl()]);

  await api.stop();
  expect(JSON.parse(stdout)).toEqual({
    names: ['greet'],
    state: 'SUCCESS',
    output: '{"text": "Hello Ada"}',
    states: ['SUCCESS'],
    fault: 'WorkflowExecution not found [id=nobody]',
  });
});

it.each(MISTAKES.map(([right, wrong], i) => [right, wrong, i] as const))(
  'lets the compiler find a mistake in the use of the API: %s became %s',
  (_right, _wrong, i) => {
    expect(complaints.get(`mistake-${i}.ts`)?.length).toBeGreaterThan(0);
  },
);

/** Compiles to JavaScript beside the sources. @returns what the compiler complains of, by the name of the source */
async function compile(sources: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = Object.keys(sources);
  for (const [name, source] of Object.entries(sources)) await writeFile(join(folder, name), source);
  const program = ts.createProgram(
    names.map((name) => join(folder, name)),
    {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      skipLibCheck: true,
      types: ['node'],
    },
  );
  program.emit();
  const found = ts.getPreEmitDiagnostics(program);
  return new Map(
    names.map((name) => {
      const own = found.filter((one) => one.file === undefined || basename(one.file.fileName) === name);
      return [name, own.map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n'))] as const;
    }),
  );
}
