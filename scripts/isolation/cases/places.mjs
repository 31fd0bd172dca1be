import { setTimeout as pause } from 'node:timers/promises';
import { Unexpected } from '../arena.mjs';
import { silence, tarpit } from '../local-servers.mjs';
import { oneTask } from './yaml.mjs';

const SCRIPT = `version: '2.0'
others_script:
  tasks: {t: {action: std.js script="return 1"}}
`;
const MOST_SCRIPT_SECONDS = 25;

/** All at once, in one execution. */
const items = (count, action) => oneTask('holding', `with-items: 'i in <% range(${count}) %>'\n${action}`);

/** Holds the places for a while; what others' actions wait meanwhile is what the probe sees. */
const holding = (name, what, yaml, more = {}) => ({
  name,
  what,
  ...more,
  attack: async (arena) => {
    await arena.define(await yaml());
    const id = await arena.start('holding');
    await arena.pause(6);
    await arena.done('PUT', `/executions/${id}`, { state: 'CANCELLED' });
    return (await arena.ended(id, ['CANCELLED'])).state;
  },
});

/** As `holding`, with a server that does not answer as it should. */
const withServer = (name, what, serve, count, timeout = '') => ({
  name,
  what,
  seconds: 60,
  attack: async (arena) => {
    const server = await serve();
    try {
      const action = `action: std.http\n${timeout}input: {url: '${server.url}'}`;
      return await holding(name, what, () => items(count, action)).attack(arena);
    } finally {
      server.stop();
    }
  },
});

export const PLACES = [
  {
    ...holding('sleep-64', '64 × std.sleep seconds=20', () => items(64, 'action: std.sleep seconds=20')),
    isShort: true,
  },
  {
    name: 'sleep-640-executions',
    what: '640 executions that sleep for 20 s',
    seconds: 60,
    attack: async (arena) => {
      await arena.define(oneTask('sleeper', 'action: std.sleep seconds=20'));
      const ids = await Promise.all(Array.from({ length: 640 }, () => arena.start('sleeper')));
      for (const id of ids) await arena.ended(id, ['SUCCESS']);
      return `${ids.length} × SUCCESS`;
    },
  },
  {
    name: 'sleep-10000',
    what: 'with-items of 10,000 × std.sleep seconds=5',
    seconds: 90,
    attack: (arena) => arena.runsTo('SUCCESS', items(10_000, 'action: std.sleep seconds=5'), 'holding'),
  },
  {
    name: 'endless-scripts-64',
    what: '64 endless scripts with a timeout of an hour; another script meanwhile',
    seconds: 60,
    attack: async (arena) => {
      await arena.define(SCRIPT);
      await arena.define(items(64, 'action: std.js script="while(true){}"\ntimeout: 3600'));
      const id = await arena.start('holding');
      await pause(1000);
      const startedAt = performance.now();
      const other = await arena.ended(await arena.start('others_script'), ['SUCCESS']);
      const waited = (performance.now() - startedAt) / 1000;
      await arena.done('PUT', `/executions/${id}`, { state: 'CANCELLED' });
      await arena.ended(id, ['CANCELLED']);
      if (waited > MOST_SCRIPT_SECONDS) throw new Unexpected(`another script waited ${waited.toFixed(0)} s`);
      return `${other.state} of another script after ${waited.toFixed(1)} s`;
    },
  },
  holding('script-memory', '64 scripts that fill their memory', () =>
    items(64, 'action: std.js script="const a = []; while (true) a.push(new Array(1000).fill(1.5));"'),
  ),
  holding('script-results', '64 scripts with results of 4 MB', () =>
    items(64, 'action: std.js script="return \'x\'.repeat(4000000)"'),
  ),
  withServer('tarpit-200', 'std.http × 200 to a server that answers a byte a second', tarpit, 200),
  withServer('tarpit-200-hour', 'the same with a timeout of an hour', tarpit, 200, 'timeout: 3600\n'),
  withServer('silent-200', 'std.http × 200 to a server that never answers', silence, 200),
  {
    name: 'tarpit-executions',
    what: '300 executions, each with std.http to a server that answers a byte a second',
    seconds: 60,
    attack: async (arena) => {
      const server = await tarpit();
      try {
        await arena.define(oneTask('stuck', `action: std.http\ninput: {url: '${server.url}'}`));
        const ids = await Promise.all(Array.from({ length: 300 }, () => arena.start('stuck')));
        await arena.pause(6);
        await Promise.all(ids.map((id) => arena.done('PUT', `/executions/${id}`, { state: 'CANCELLED' })));
        return 'CANCELLED';
      } finally {
        server.stop();
      }
    },
  },
];
