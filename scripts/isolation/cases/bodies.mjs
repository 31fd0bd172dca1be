import { setTimeout as pause } from 'node:timers/promises';
import { refusalOf, Unexpected } from '../arena.mjs';
import { bareConnection } from '../client.mjs';
import { oneTask } from './yaml.mjs';

const MEGA = 1_000_000;

/** Bodies of executions; the text of the input comes between. */
const execution = (input) => Buffer.from(`{"workflow_name": "bystander", "input": {"url": ${input}}}`);
const repeated = (item, bytes) => `[${`${item},`.repeat(Math.floor(bytes / (item.length + 1)))}1]`;
const nested = (depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const bodies = (name, what, make, more = {}) => ({
  name,
  what,
  attack: async (arena) => {
    const ends = [];
    for (const [label, path, body, headers] of make()) {
      arena.mark(label);
      const answer = await answerOrClose(arena, path, body, { type: 'application/json', headers });
      ends.push(`${label} ${refusalOf(answer)}`);
      if (process.env.ISOLATION_VERBOSE) console.log(label, refusalOf(answer));
      if (answer.status >= 500) throw new Unexpected(ends.at(-1));
    }
    return ends.map((end) => end.slice(0, 60)).join('; ');
  },
  ...more,
});

/** A server that has refused a large body may close before all of it was sent; not every client then sees the answer. */
async function answerOrClose(arena, path, body, more) {
  try {
    return await arena.send('POST', path, body, more);
  } catch (error) {
    if (/EPIPE|ECONNRESET/.test(error.message)) return { status: 0, text: 'closed' };
    throw error;
  }
}

const ODD = () => [
  ['deep', '/executions', execution(nested(400_000))],
  ['keys', '/executions', execution(`{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join()}}`)],
  ['one-key', '/executions', execution(`{${'"k":1,'.repeat(150_000)}"k":2}`)],
  ['number', '/executions', execution('1'.repeat(900_000))],
  ['float', '/executions', execution(`1.${'1'.repeat(900_000)}`)],
  ['exponent', '/executions', execution('1e999999999')],
  ['escapes', '/executions', execution(`"${'\\u0000'.repeat(150_000)}"`)],
  ['surrogates', '/executions', execution(`"${'\\ud800'.repeat(150_000)}"`)],
  ['open-text', '/executions', execution(`"${'a'.repeat(900_000)}`)],
  ['spaces', '/executions', execution(`1${' '.repeat(900_000)}`)],
  ['text-of-json', '/executions', Buffer.from(JSON.stringify({ workflow_name: 'bystander', input: nested(200_000) }))],
  [
    'description',
    '/executions',
    Buffer.from(JSON.stringify({ workflow_name: 'bystander', description: 'x'.repeat(900_000) })),
  ],
  [
    'params',
    '/executions',
    Buffer.from(JSON.stringify({ workflow_name: 'bystander', params: { env: { a: `<% ${'('.repeat(400_000)} %>` } } })),
  ],
  ['environment', '/environments', Buffer.from(JSON.stringify({ name: 'e', variables: nested(200_000) }))],
  ['action', '/action_executions', Buffer.from(`{"name": "std.echo", "input": {"output": ${nested(200_000)}}}`)],
  [
    'ids',
    '/executions/bulk',
    Buffer.from(JSON.stringify({ action: 'stop', filter: { id: `in:${'a,'.repeat(400_000)}` } })),
  ],
];

/** Sends a request without its end, again and again. */
async function halfSent(arena, count, path, length, sent = 0) {
  const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  const connections = Array.from({ length: count }, () =>
    bareConnection(arena.port, sent === 0 ? head : head + 'x'.repeat(sent)),
  );
  await arena.pause(arena.leftMs / 1000 - 1);
  const open = connections.filter(({ isClosed }) => !isClosed).length;
  const answers = new Set(connections.map(({ received }) => received.split('\r\n')[0]));
  for (const { socket } of connections) socket.destroy();
  if (open > 0) throw new Unexpected(`${open} of ${count} are still open (${[...answers].join(' | ')})`);
  return `none of ${count} is open: ${[...answers].join(' | ')}`;
}

/** A byte now and then, of headers or of a body. */
async function slowly(arena, count, head) {
  const connections = Array.from({ length: count }, () => bareConnection(arena.port, head));
  while (arena.leftMs > 1500) {
    for (const { socket, isClosed } of connections) if (!isClosed && socket.writable) socket.write('a');
    await pause(500);
  }
  const open = connections.filter(({ isClosed }) => !isClosed).length;
  for (const { socket } of connections) socket.destroy();
  if (open > 0) throw new Unexpected(`${open} of ${count} are still open`);
  return `none of ${count} is open`;
}

export const BODIES = [
  bodies('json-60-mb-numbers', 'POST /v2/executions with 60 MB of [1,1,…]', () => [
    ['numbers', '/executions', execution(repeated('1', 60 * MEGA))],
  ]),
  bodies('json-60-mb-lists', 'POST /v2/executions with 60 MB of [[],[],…]', () => [
    ['lists', '/executions', execution(repeated('[]', 60 * MEGA))],
  ]),
  bodies(
    'json-20-mb',
    'POST /v2/executions with 20 MB',
    () => [
      ['numbers', '/executions', execution(repeated('1', 20 * MEGA))],
      ['lists', '/executions', execution(repeated('[]', 20 * MEGA))],
    ],
    { isShort: true },
  ),
  bodies(
    'json-just-below',
    'POST /v2/executions with 1,000,000 bytes, forty times, eight at a time',
    () => [['numbers', '/executions', execution(repeated('1', 990_000))]],
    {
      attack: async (arena) => {
        const body = execution(repeated('[]', 990_000));
        const answers = await Promise.all(
          Array.from({ length: 40 }, () => arena.send('POST', '/executions', body, { type: 'application/json' })),
        );
        return [...new Set(answers.map(refusalOf))].map((end) => end.slice(0, 60)).join('; ');
      },
    },
  ),
  bodies('odd-json', 'bodies that are hard for a JSON reader, within the limits', ODD, { seconds: 120 }),
  {
    name: 'half-sent-66-mb',
    what: '12 half-sent bodies of 66 MB to an unknown route',
    attack: (arena) => halfSent(arena, 12, '/v2/nowhere', 66 * MEGA, 4 * MEGA),
  },
  {
    name: 'half-sent-1500',
    what: '1,500 half-sent bodies; open for 60 s at most',
    seconds: 75,
    attack: (arena) => halfSent(arena, 1500, '/v2/executions', 100_000, 10),
  },
  {
    name: 'slow-headers-500',
    what: '500 clients that send headers byte by byte',
    seconds: 75,
    attack: (arena) => slowly(arena, 500, 'GET /v2/ HTTP/1.1\r\nhost: localhost\r\nx-long: '),
  },
  {
    name: 'slow-bodies-500',
    what: '500 clients that send a body byte by byte',
    seconds: 75,
    attack: (arena) =>
      slowly(
        arena,
        500,
        'POST /v2/executions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{"a": "',
      ),
  },
  {
    name: 'url-and-headers',
    what: 'long URLs, queries and headers',
    attack: async (arena) => {
      const ends = [];
      for (const path of [
        `/executions?${'limit=1&'.repeat(1500)}`,
        `/executions?state=in:${'a,'.repeat(6000)}`,
        `/executions?fields=${'id,'.repeat(5000)}`,
        `/executions?sort_keys=${'id,'.repeat(4000)}`,
        `/executions/${'%25'.repeat(4000)}`,
      ]) {
        arena.mark(path.slice(0, 24));
        ends.push((await arena.send('GET', path)).status);
      }
      return ends.join(', ');
    },
  },
  {
    name: 'definition-5-mb-times-8',
    what: 'eight definitions of 4 MB at once, all valid',
    seconds: 90,
    attack: async (arena) => {
      const yaml = (i) =>
        oneTask(
          `large_${i}`,
          `action: std.echo\ninput:\n  output:\n${'    - {a: 1, b: [x, y], c: "text"}\n'.repeat(110_000)}`,
        );
      const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => arena.send('POST', '/workflows', yaml(i))));
      return [...new Set(answers.map((answer) => answer.status))].join(', ');
    },
  },
];
