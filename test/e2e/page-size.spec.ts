import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest, type Body } from './api-under-test.js';

const KB = 1024;
const text = (n: number, kb: number): string => String(n).repeat(kb * KB);

const MANY = 9;
const WORKFLOW = `version: '2.0'
big:
  input: [text]
  output: {text: <% $.text %>}
  tasks:
    one: {action: std.echo output=<% $.text %>, publish: {text: <% task().result %>}}
`;

let api: ApiUnderTest;
let ids: readonly string[];

beforeAll(async () => {
  api = await ApiUnderTest.start({ MAX_PAGE_KB: '100' });
  await api.upload('/v2/workflows', WORKFLOW);
  const started: string[] = [];
  for (let n = 1; n <= MANY; n += 1) {
    const input = { text: text(n, n === 5 ? 300 : 30) };
    started.push((await api.post('/v2/executions?wait=30', { workflow_name: 'big', input })).body['id'] ?? '');
    await api.post('/v2/environments', { name: `env${n}`, variables: input });
    await api.upload('/v2/workflows', `# ${text(n, 30)}\nversion: '2.0'\nbig${n}:\n  tasks: {t: {action: std.noop}}\n`);
  }
  ids = started;
}, 60_000);
afterAll(() => api.stop());

/** All pages from there, by their `next`. */
async function pagesOf(path: string): Promise<readonly (readonly Body[])[]> {
  const pages: (readonly Body[])[] = [];
  for (let at: string | undefined = path; at !== undefined;) {
    const { status, body } = await api.get(at);
    expect(status).toBe(200);
    pages.push(Object.values(body as unknown as Record<string, Body[]>).find(Array.isArray) ?? []);
    const next = body['next'];
    at = next === undefined ? undefined : `${new URL(next).pathname}${new URL(next).search}`;
  }
  return pages;
}

describe('a page ends where it gets too large, and next goes on', () => {
  it.each(['', '?limit=5', '?sort_keys=workflow_name,state&sort_dirs=desc', '?include_output=true'])(
    'executions%s',
    async (query) => {
      const pages = await pagesOf(`/v2/executions${query}`);

      expect(pages.flat().map(({ id }) => id)).toEqual(query.includes('sort') ? [...ids].sort() : ids);
      expect(Math.max(...pages.map((page) => JSON.stringify(page).length))).toBeLessThan(1_000 * KB);
      expect(pages.length).toBeGreaterThan(2);
    },
  );

  it.each([
    ['/v2/tasks', MANY],
    ['/v2/action_executions?include_output=true', MANY],
    ['/v2/environments', MANY],
    ['/v2/workflows', MANY + 1],
  ])('%s', async (path, count) => {
    const pages = await pagesOf(path);

    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(count);
    expect(pages.flat()).toHaveLength(count);
    expect(pages.length).toBeGreaterThan(2);
  });

  it('the versions of a workflow', async () => {
    for (let n = 1; n < 6; n += 1) await api.upload('/v2/workflows', `# ${text(n, 40)}\n${WORKFLOW}`, 'PUT');
    const pages = await pagesOf('/v2/workflows/big/versions');

    expect(pages.flat().map(({ version }) => version)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(pages.length).toBeGreaterThan(1);
  });

  it('the history of an execution', async () => {
    await api.upload('/v2/workflows', `version: '2.0'\nheld:\n  tasks: {t: {action: std.async_noop}}\n`);
    const id = (await api.post('/v2/executions', { workflow_name: 'held' })).body['id'] ?? '';
    for (let n = 1; n < 6; n += 1) {
      await api.put(`/v2/executions/${id}`, { state: 'PAUSED' });
      await api.put(`/v2/executions/${id}`, { state: 'RUNNING', params: { env: { text: text(n, 40) } } });
    }
    const pages = await pagesOf(`/v2/executions/${id}/history`);
    const versions = pages.flat().map(({ version }) => version);

    expect(versions).toEqual([...versions].sort((a, b) => Number(a) - Number(b)));
    expect(versions).toHaveLength(11);
    expect(pages.length).toBeGreaterThan(1);
  });
});

it('counts all rows, whatever a page holds', async () => {
  expect((await api.get('/v2/executions?workflow_name=big&count=true')).headers['x-total-count']).toBe(String(MANY));
});

it('a page of small fields is as long as ever', async () => {
  expect(await pagesOf('/v2/executions?workflow_name=big&fields=id,state')).toHaveLength(1);
});
