import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { hasRedis, RedisServer } from '../support/redis.js';
import type { Service } from '../support/service.js';
import { until } from '../support/until.js';
import { SHAPES } from './crash-shapes.js';
import { CrashTrial } from './crash-trial.js';

const withRedis = hasRedis ? describe : describe.skip;
if (!hasRedis) process.stdout.write('nodes.spec: there is no redis-server here, so nothing is tested\n');

/** Few, so that there is something to hand over. */
const EXECUTOR_CONCURRENCY = '6';
/** Of Redis. */
const DATABASE = 3;
const RACES = 9;
const EXECUTIONS = 44;
const KILLS = 8;

let redis: RedisServer;
let trial: CrashTrial;
let nodes: readonly Service[];

async function begin(...roles: readonly [string, ...string[]]): Promise<void> {
  redis = await RedisServer.start();
  const REDIS_URL = `${redis.url}/${DATABASE}`;
  const env = roles.map((ROLES, n) => ({ ROLES, REDIS_URL, EXECUTOR_CONCURRENCY, NODE_NAME: `node-${n}` }));
  trial = await CrashTrial.begin(env[0]);
  const others = await Promise.all(env.slice(1).map((one) => trial.anotherNode(one)));
  await Promise.all(others.map((node) => node.start()));
  nodes = [trial.service, ...others];
}

/** Also when the beginning failed: what is left running would hold up the run. */
async function end(): Promise<void> {
  await redis.remove();
  await trial.end();
}

/** Starts executions of all shapes at the given nodes, some milliseconds apart; resolves when all are accepted. */
async function load(count: number, pauseMs: number, at: readonly Service[] = [trial.service]): Promise<void> {
  const starting: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    const shape = SHAPES[n % SHAPES.length];
    if (shape !== undefined) starting.push(trial.startExecution(shape, n, randomUUID(), at[n % at.length]));
    await delay(Math.random() * 2 * pauseMs);
  }
  await Promise.all(starting);
}

async function expectAllIsRight(): Promise<void> {
  await trial.settled();
  process.stdout.write(`nodes.spec: ${await trial.statistics()}\n`);

  expect(await trial.wrongOutcomes()).toEqual([]);
  expect(await trial.startedTwice()).toEqual([]);
  expect(await trial.withoutWakeup()).toEqual([]);
  expect(await trial.leftovers()).toEqual([]);
  expect(trial.complaints).toEqual([]);
}

/** How often the log of a node says so. */
function count(node: Service, text: string): number {
  return node.lines.filter((line) => line.includes(text)).length;
}

withRedis('three processes that share the roles (with Redis)', () => {
  beforeAll(() => begin('api', 'engine,scheduler', 'executor'));
  afterAll(end);

  /** Milliseconds from the start of an execution to its end. */
  async function race(workflow: string): Promise<number> {
    const [id, startedAt] = [randomUUID(), performance.now()];
    await trial.service.call('POST', '/v2/executions', { id, workflow_name: workflow });
    await until(async () => {
      const [row] = await trial.rows<{ state: string }>('SELECT state FROM workflow_executions WHERE id = $1', [id]);
      return row?.state === 'SUCCESS';
    });
    return performance.now() - startedAt;
  }

  // Without Redis it takes some 500 ms, until the executor looks into the database.
  it.each([
    ['five actions', 'in_a_row'],
    ['five sub-workflows with an action each', 'to_and_fro'],
  ])('do not wait for the next look at the database: %s', async (_, workflow) => {
    await trial.service.call('POST', '/v2/workflows', RACE);
    const tookMs: number[] = [];
    for (let n = 0; n < RACES; n += 1) tookMs.push(Math.round(await race(workflow)));
    process.stdout.write(`nodes.spec: ${workflow} took ${tookMs.join(', ')} ms\n`);

    expect(tookMs.sort((a, b) => a - b)[Math.floor(RACES / 2)]).toBeLessThan(300);
  });

  it('stop at once when they are told to, and leave no job behind', async () => {
    for (const node of nodes) {
      const startedAt = performance.now();
      await node.kill('SIGTERM');
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      expect(JSON.parse(node.lines.at(-1) ?? '')).toMatchObject({ code: 0, signal: null });
    }
    for (const queue of ['runs', 'pokes'])
      for (const list of ['wait', 'active', 'failed', 'completed'])
        expect(await redis.command(`EXISTS bull:tramontane:${queue}:${list}`, DATABASE)).toBe(':0');
    expect(trial.complaints).toEqual([]);
  });
});

withRedis('three processes that lose Redis', () => {
  beforeAll(() => begin('api', 'engine,scheduler,executor', 'engine,executor'));
  afterAll(end);

  it('lose no work, whether it is emptied, hangs or dies', async () => {
    const loading = load(EXECUTIONS, 200);
    for (let n = 0; n < 10; n += 1) {
      await delay(200);
      expect(await redis.command('FLUSHALL')).toBe('+OK');
    }
    await redis.signal('SIGSTOP');
    await delay(2_000);
    await redis.signal('SIGCONT');
    await delay(1_000);
    await redis.signal('SIGKILL');
    await loading;
    await expectAllIsRight();

    await redis.again();
    for (const node of nodes) await until(() => count(node, 'Redis is back') === 1);
    for (const node of nodes) expect(count(node, 'Redis is away')).toBe(1);
  }, 120_000);

  it('start and stop without it', async () => {
    await redis.signal('SIGKILL');
    for (const node of nodes) await node.kill('SIGTERM');
    await Promise.all(nodes.map((node) => node.start()));
    await load(SHAPES.length, 10);
    await expectAllIsRight();
    for (const node of nodes) {
      const startedAt = performance.now();
      await node.kill('SIGTERM');
      expect(performance.now() - startedAt).toBeLessThan(5_000);
      expect(JSON.parse(node.lines.at(-1) ?? '')).toMatchObject({ code: 0, signal: null });
    }
    expect(trial.complaints).toEqual([]);
  }, 120_000);
});

withRedis('three processes of which one is killed again and again (with Redis)', () => {
  beforeAll(() => begin('all', 'all', 'all'));
  afterAll(end);

  it('end everything, and start nothing twice that may not', async () => {
    const loading = load(2 * EXECUTIONS, 100, nodes);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await delay(Math.random() * 1_000);
      const victim = nodes[Math.floor(Math.random() * nodes.length)];
      await victim?.kill();
      expect(await trial.withoutWakeup()).toEqual([]);
      await delay(Math.random() * 1_000);
      await victim?.start();
    }
    await loading;
    await expectAllIsRight();
    expect(trial.accepted).toHaveLength(2 * EXECUTIONS);
  }, 180_000);
});

const names = ['t1', 't2', 't3', 't4', 't5'];
const tasks = (what: string): string =>
  names.map((name, n) => `    ${name}: {${what}${n < 4 ? `, on-success: ${names[n + 1] ?? ''}` : ''}}`).join('\n');

const RACE = `version: '2.0'
leaf: {tasks: {work: {action: probe.work}}}
in_a_row:
  tasks:
${tasks('action: probe.work')}
to_and_fro:
  tasks:
${tasks('workflow: leaf')}
`;
