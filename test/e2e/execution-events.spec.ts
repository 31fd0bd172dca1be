import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { ApiUnderTest } from './api-under-test.js';

const WIDE = 1_200;
const WORKFLOWS = `version: '2.0'
held:
  tasks:
    outside: {action: std.async_noop}
quick:
  tasks:
    nap: {action: std.sleep seconds=0.2}
wide:
  tasks:
${Array.from({ length: WIDE }, (_, n) => `    t${n}: {action: std.noop}`).join('\n')}
`;

interface Event {
  /** Absent where more of the same version follows. */
  readonly id?: number;
  readonly event: string;
  readonly data: { readonly name: string; readonly state: string; readonly version: number };
}

let api: ApiUnderTest;
let address: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ MAX_EVENT_STREAMS: '1' });
  await api.app.listen(0, '127.0.0.1');
  address = await api.app.getUrl();
  await api.upload('/v2/workflows', WORKFLOWS);
});
afterAll(() => api.stop());

async function start(workflow: string): Promise<string> {
  return (await api.post('/v2/executions', { workflow_name: workflow })).body['id'] ?? '';
}

function follow(id: string, headers: Readonly<Record<string, string>> = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(`${address}/v2/executions/${id}/events`, {
    headers: { accept: 'text/event-stream', ...headers },
    ...(signal !== undefined && { signal }),
  });
}

function eventsIn(text: string): readonly Event[] {
  const blocks = text.split('\n\n').filter((block) => block.includes('data: '));
  return blocks.map((block) => {
    const fields: unknown = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/, 2)));
    const { id, event = '', data = '' } = fields as Readonly<Record<string, string>>;
    return { ...(id !== undefined && { id: Number(id) }), event, data: JSON.parse(data) as Event['data'] };
  });
}

it('streams the states of an execution and its tasks until it has ended', async () => {
  const answer = await follow(await start('quick'));
  const events = eventsIn(await answer.text());

  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  expect(answer.headers.get('x-request-id')).not.toBeNull();
  expect(events.at(-1)).toMatchObject({ event: 'execution', data: { name: 'quick', state: 'SUCCESS' } });
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'task', data: expect.objectContaining({ name: 'nap', state: 'SUCCESS' }) }),
  );
  expect(events.at(-1)?.id).toBe(events.at(-1)?.data.version);
});

it('goes on after the version that a client has', async () => {
  const id = await start('held');
  const client = new AbortController();
  const first = await follow(id, {}, client.signal);
  const chunk: unknown = (await first.body?.getReader().read())?.value;
  const seen = eventsIn(new TextDecoder().decode(chunk as Uint8Array));
  client.abort();
  await api.put(`/v2/executions/${id}`, { state: 'CANCELLED' });

  const rest = eventsIn(await (await freeFollow(id, String(seen.at(-1)?.id))).text());
  const nothing = eventsIn(await (await freeFollow(id, String(rest.at(-1)?.id))).text());

  expect(rest.at(-1)?.data).toMatchObject({ state: 'CANCELLED' });
  expect(rest.every(({ data }) => data.version > (seen.at(-1)?.id ?? 0))).toBe(true);
  expect(nothing).toEqual([]);
});

it('takes no more streams than it may, and forgets clients that went away', async () => {
  const id = await start('held');
  const client = new AbortController();
  await follow(id, {}, client.signal);

  expect((await follow(id)).status).toBe(503);
  client.abort();
  const next = new AbortController();
  expect((await freeFollow(id, '0', next.signal)).status).toBe(200);
  next.abort();
});

it('streams thousands of tasks, each once, and all who follow see the same', async () => {
  const id = await start('wide');
  await until(async () => (await api.get(`/v2/executions/${id}?fields=state`)).body['state'] === 'SUCCESS');
  const events = eventsIn(await (await freeFollow(id, '0')).text());
  const tasks = events.filter(({ event }) => event === 'task');

  expect(new Set(tasks.map(({ data }) => data.name)).size).toBe(WIDE);
  expect(tasks).toHaveLength(WIDE);
  expect(events.at(-1)).toMatchObject({ event: 'execution', id: events.at(-1)?.data.version });
});

it('knows no stream of an unknown execution', async () => {
  expect((await follow('00000000-0000-4000-8000-000000000000')).status).toBe(404);
});

/** Asks again while the stream before still has its place. */
async function freeFollow(id: string, last: string, signal?: AbortSignal): Promise<Response> {
  for (;;) {
    const answer = await follow(id, { 'last-event-id': last }, signal);
    if (answer.status !== 503) return answer;
    await answer.text();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
