import { databaseBytes, postgresCpuSeconds } from './postgres.mjs';
import { chain, ECHO3, fan, ITEMS, layers, nested, NOOP, SLEEP3, SUBS, WIDE } from './workflows.mjs';

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)];
const ms = (value) => `${value < 20 ? value.toFixed(1) : Math.round(value)} ms`;

async function times(service, count, name, input) {
  await service.run(name, input);
  const list = [];
  for (let i = 0; i < count; i++) list.push(await service.run(name, input));
  return median(list);
}

/** Median of some runs, to be at most so many milliseconds. */
const timed = (name, reachMs, yaml, workflow, input, count = 5) => ({
  name,
  reach: `<= ${reachMs} ms`,
  run: async (service) => {
    await service.define(yaml);
    const took = await times(service, count, workflow, input);
    return { shown: ms(took), isReached: took <= reachMs };
  },
});

/** The larger case against the smaller one, so that the cost per task stays the same. */
const growth = (name, factor, small, large) => ({
  name,
  reach: `<= ${factor} times`,
  run: async (service) => {
    for (const { yaml } of [small, large]) await service.define(yaml);
    const a = await times(service, 5, small.workflow, small.input);
    const b = await times(service, 3, large.workflow, large.input);
    return { shown: `${(b / a).toFixed(1)} times (${ms(a)} -> ${ms(b)})`, isReached: b / a <= factor };
  },
});

const WARM_UP_ROUNDS = 12;
const ROUNDS = 5;

/** 100 executions of three tasks by 8 clients, from the first POST until all are known to have ended, once the code is compiled. */
const concurrent = (name, reachMs, yaml, workflow) => ({
  name,
  reach: `<= ${reachMs} ms`,
  run: async (service) => {
    await service.define(yaml);
    const round = async () => {
      const ids = await clients(8, 100, (n) => service.start(workflow, { n }));
      for (const id of ids) await service.end(id);
    };
    for (let i = 0; i < WARM_UP_ROUNDS; i++) await round();
    const cpuBefore = service.cpuSeconds() + postgresCpuSeconds();
    const runs = [];
    for (let i = 0; i < ROUNDS; i++) runs.push(await duration(round));
    const cpuSeconds = service.cpuSeconds() + postgresCpuSeconds() - cpuBefore;
    const cpuPerTask = (cpuSeconds * 1000) / (300 * ROUNDS);
    const took = median(runs);
    const note = `${Math.round(300_000 / took)} tasks/s, ${cpuPerTask.toFixed(2)} CPU ms per task (service + PostgreSQL)`;
    return { shown: ms(took), isReached: took <= reachMs, note };
  },
});

async function duration(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function clients(count, total, work) {
  const results = [];
  let next = 0;
  const one = async () => {
    for (let i = next++; i < total; i = next++) results.push(await work(i));
  };
  await Promise.all(Array.from({ length: count }, one));
  return results;
}

const rate = (name, reach, seconds, work, prepare = async () => {}) => ({
  name,
  reach: `>= ${reach}/s`,
  run: async (service) => {
    await prepare(service);
    let count = 0;
    const until = performance.now() + seconds * 1000;
    const one = async () => {
      for (; performance.now() < until; count++) await work(service);
    };
    await Promise.all(Array.from({ length: 8 }, one));
    return { shown: `${Math.round(count / seconds)}/s`, isReached: count / seconds >= reach };
  },
});

const items = (count) => ({
  yaml: ITEMS,
  workflow: 'bench_items',
  input: { items: Array.from({ length: count }, (_, i) => i) },
});

export const CASES = [
  timed('one no-op workflow', 15, NOOP, 'bench_noop', {}, 40),
  timed('chain of 100', 100, chain(100), 'bench_chain_100', {}),
  growth(
    'chain of 400 against 100',
    4.4,
    { yaml: chain(100), workflow: 'bench_chain_100' },
    { yaml: chain(400), workflow: 'bench_chain_400' },
  ),
  timed('fan-out of 100 and join', 130, fan(100), 'bench_fan_100', {}),
  growth(
    'fan-out of 1,000 against 100',
    11,
    { yaml: fan(100), workflow: 'bench_fan_100' },
    { yaml: fan(1000), workflow: 'bench_fan_1000' },
  ),
  timed('with-items of 1,000 echoes', 800, ITEMS, 'bench_items', items(1000).input),
  growth('with-items of 10,000 against 1,000', 11, items(1000), items(10_000)),
  concurrent('100 executions of three echoes, 8 clients', 400, ECHO3, 'bench_echo3'),
  concurrent('the same with std.sleep of 0 s', 800, SLEEP3, 'bench_sleep3'),
  timed('50 sub-workflows by with-items', 200, SUBS, 'bench_subs', { items: Array.from({ length: 50 }, (_, i) => i) }),
  timed('joins 50 wide and 5 deep', 500, layers(50, 5), 'bench_layers', {}),
  timed('1,000 variables over 100 tasks, merged', 1500, WIDE, 'bench_wide', {}, 3),
  timed('300 sub-workflows inside each other', 1500, nested(300), 'bench_nested_1', {}, 3),
  rate('GET executions?limit=50, 8 clients', 1000, 5, (service) => service.call('GET', '/executions?limit=50')),
  rate(
    'POST executions, 8 clients',
    400,
    4,
    (service) => service.start('bench_noop'),
    (service) => service.define(NOOP),
  ),
  {
    name: 'chain of 400 with a 100 KB input',
    reach: '<= 5 MB',
    run: async (service) => {
      await service.define(chain(400, true));
      await service.run('bench_chain_400_input', { data: 'x' });
      const before = await databaseBytes(service);
      await service.run('bench_chain_400_input', { data: 'x'.repeat(100_000) });
      const grown = ((await databaseBytes(service)) - before) / 1_048_576;
      return { shown: `${grown.toFixed(1)} MB`, isReached: grown <= 5 };
    },
  },
  {
    name: 'resident memory of the service',
    reach: '<= 250 MB',
    run: (service) => ({
      shown: `${Math.round(service.peakRssMb)} MB at its peak`,
      isReached: service.peakRssMb <= 250,
    }),
  },
];
