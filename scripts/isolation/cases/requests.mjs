import { refusalOf, together, Unexpected } from '../arena.mjs';
import { bareConnection } from '../client.mjs';
import { lines, oneTask } from './yaml.mjs';

const MEGA = 1_000_000;

/** A request and what comes of it; whatever is no fault of the server is an answer. */
async function answered(arena, label, method, path, body, more) {
  arena.mark(label);
  const answer = await arena.send(method, path, body, more);
  if (process.env.ISOLATION_VERBOSE) console.log(label, refusalOf(answer));
  if (answer.status >= 500) throw new Unexpected(`${label}: ${refusalOf(answer)}`);
  return answer.status;
}

/** Sends a body in chunks and without its length, until it is closed. */
async function chunked(arena, path, bytes) {
  const head = `POST /v2${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
  const connection = bareConnection(arena.port, head);
  const chunk = `10000\r\n${'['.repeat(65_536)}\r\n`;
  for (let sent = 0; sent < bytes && !connection.isClosed; sent += 65_536) {
    if (!connection.socket.write(chunk)) await arena.pause(0.01);
  }
  await arena.pause(1);
  connection.socket.destroy();
  return connection.received.split('\r\n')[0];
}

const PATTERNS = [
  '0 0 30 2 *',
  '0 0 31 4,6,9,11 *',
  `${'0-59,'.repeat(20)}1 * * * *`,
  `*/${'1'.repeat(90)} * * * *`,
  '0 0 29 2 1',
  '59 59 23 31 12 *',
];

export const REQUESTS = [
  {
    name: 'chunked-60-mb',
    what: 'six bodies of 60 MB in chunks, of [[[[…',
    attack: async (arena) => {
      const paths = ['/executions', '/workflows', '/environments', '/action_executions', '/nowhere', '/cron_triggers'];
      const ends = await Promise.all(paths.map((path) => chunked(arena, path, 60 * MEGA)));
      return ends.join('; ');
    },
  },
  {
    name: 'chunked-small',
    what: '200,000 chunks of one byte, by eight clients',
    attack: async (arena) => {
      const head =
        'POST /v2/executions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
      const connections = Array.from({ length: 8 }, () =>
        bareConnection(arena.port, head + '1\r\n[\r\n'.repeat(25_000)),
      );
      await arena.pause(5);
      for (const { socket } of connections) socket.destroy();
      return 'sent';
    },
  },
  {
    name: 'other-resources',
    what: 'texts of up to 5 MB for workbooks, actions, environments, code sources, triggers',
    seconds: 120,
    attack: async (arena) => {
      const admin = { headers: { 'x-roles': 'admin' } };
      const sent = [];
      const send = async (...request) => sent.push(await answered(arena, ...request));
      const deep = '{a: '.repeat(300_000);
      for (const path of ['/workbooks', '/actions', '/workbooks/validate', '/actions/validate'])
        await send(`deep ${path}`, 'POST', path, `version: '2.0'\nw: ${deep}`);
      await send(
        'many actions',
        'POST',
        '/actions',
        `version: '2.0'\n${lines(20_000, (i) => `a${i}: {base: std.echo output=${i}}\n`)}`,
      );
      await send(
        'one action',
        'POST',
        '/actions',
        `version: '2.0'\nlong: {base: std.echo, base-input: {output: [${'1, '.repeat(700_000)}1]}}\n`,
      );
      await send('source', 'POST', '/code_sources?name=long', `export const a = "${'x'.repeat(4 * MEGA)}";`, admin);
      await send('environment', 'POST', '/environments', {
        name: 'wide',
        variables: Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`k${i}`, i])),
      });
      await send('environment as text', 'POST', '/environments', {
        name: 'deep',
        variables: `{"a": ${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
      });
      await send(
        'long name',
        'POST',
        '/workflows',
        `version: '2.0'\n${'w'.repeat(4 * MEGA)}:\n  tasks: {t: {action: std.noop}}\n`,
      );
      await arena.define(oneTask('calm', 'action: std.noop'));
      for (const [i, pattern] of PATTERNS.entries())
        await send(`cron ${pattern.slice(0, 20)}`, 'POST', '/cron_triggers', {
          name: `p${i}`,
          workflow_name: 'calm',
          pattern,
        });
      await send('cron input', 'POST', '/cron_triggers', {
        name: 'large',
        workflow_name: 'calm',
        pattern: '0 0 1 1 *',
        workflow_input: '['.repeat(400_000) + ']'.repeat(400_000),
      });
      await send('tags', 'POST', '/executions', {
        workflow_name: 'calm',
        tags: Array.from({ length: 100_000 }, (_, i) => `t${i}`),
      });
      return [...new Set(sent)].join(', ');
    },
  },
  {
    name: 'reads-of-5-mb-definitions',
    what: 'lists and reads of thirty definitions of 4 MB, eight at a time',
    seconds: 90,
    attack: async (arena) => {
      const yaml = (i) => oneTask(`large_${i}`, `action: std.echo\ninput:\n  output: '${'x'.repeat(4 * MEGA)}'`);
      await together(
        2,
        Array.from({ length: 30 }, (_, i) => i),
        (i) => arena.send('POST', '/workflows', yaml(i)),
      );
      for (const path of [
        '/workflows',
        '/workflows?fields=name',
        '/workflows/large_1',
        '/workflows/large_1/versions',
      ]) {
        arena.mark(path);
        await together(8, Array.from({ length: 16 }), () => answered(arena, path, 'GET', path));
      }
      arena.mark('start');
      await together(
        8,
        Array.from({ length: 40 }, (_, i) => i % 30),
        (i) => arena.send('POST', '/executions', { workflow_name: `large_${i}` }),
      );
      return 'read';
    },
  },
  {
    name: 'failing-items-5000',
    what: '5,000 items that fail with 20 KB each, and their sub-workflows',
    seconds: 90,
    attack: (arena) =>
      arena.runsTo(
        'ERROR',
        `version: '2.0'
failing:
  tasks: {t: {with-items: 'i in <% range(5000) %>', workflow: failed}}
failed:
  output-on-error: {d: "<% 'x' * 20000 %>"}
  tasks: {t: {action: std.fail error_data="<% 'y' * 20000 %>"}}
`,
        'failing',
      ),
  },
  {
    name: 'rerun-of-10000',
    what: 'with-items of 10,000 that fail, run again three times',
    seconds: 120,
    attack: async (arena) => {
      await arena.define(oneTask('again', "with-items: 'i in <% range(10000) %>'\naction: std.fail"));
      const id = await arena.start('again');
      await arena.ended(id, ['ERROR']);
      const { tasks } = await arena.done('GET', `/executions/${id}/tasks`);
      for (let round = 0; round < 3; round++) {
        arena.mark(`round ${round}`);
        await arena.done('PUT', `/tasks/${tasks[0].id}`, { state: 'RUNNING', reset: true });
        await arena.ended(id, ['ERROR']);
      }
      return 'ERROR again';
    },
  },
];
