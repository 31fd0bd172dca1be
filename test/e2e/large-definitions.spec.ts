import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});

afterAll(() => api.stop());

/** Its reading takes much longer than an answer. */
const LARGE = `version: '2.0'\nwf:\n  vars: {list: [${'{a: 1}, '.repeat(40_000)}]}\n  tasks:\n    t: {action: std.noop}\n`;

/** Whether others are answered before some work is done. */
async function answersMeanwhile(work: Promise<unknown>): Promise<boolean> {
  let isDone = false;
  void work.finally(() => (isDone = true));
  for (let i = 0; i < 10; i += 1) expect((await api.get('/v2/')).status).toBe(200);
  return !isDone;
}

it('answers others while a large definition is checked', async () => {
  const verdict = api.upload('/v2/workflows/validate', LARGE);

  expect(await answersMeanwhile(verdict)).toBe(true);
  expect((await verdict).body).toEqual({ valid: true });
});

it('stores a large definition as it is', async () => {
  const { status } = await api.upload('/v2/workflows', LARGE);
  const { body } = await api.get('/v2/workflows/wf?fields=definition,interface,input');

  expect(status).toBe(201);
  expect(body['definition'] === (LARGE as never)).toBe(true);
  expect((await api.upload('/v2/workflows', LARGE, 'PUT')).status).toBe(200);
});

it('tells what is wrong with a large definition and where', async () => {
  const text = `${LARGE}    u: {action: std.noop, join: 7}\n`;
  const verdict = await api.upload('/v2/workflows/validate', text);
  const answer = await api.upload('/v2/workflows', text, 'PUT');

  const [finding] = verdict.body['findings'] as unknown as readonly [{ readonly line: number }];
  expect([answer.status, answer.body['faultstring']]).toEqual([400, verdict.body['error']]);
  expect(answer.body['faultstring']).toContain("Not enough inbound tasks for task with 'join' [task_name=u");
  expect(finding.line).toBe(6);
});

it('checks many schemas while it answers others', async () => {
  const names = Array.from({ length: 150 }, (_, i) => `i${i}`);
  const schemas = names.map((name) => `    ${name}: {type: string, pattern: '^${name}+$'}\n`).join('');
  const text = `version: '2.0'\nwf2:\n  input: [${names.join(', ')}]\n  input-schema:\n${schemas}  tasks:\n    t: {action: std.noop}\n`;
  const upload = api.upload('/v2/workflows', text);

  expect(await answersMeanwhile(upload)).toBe(true);
  expect((await upload).status).toBe(201);
});
