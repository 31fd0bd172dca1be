import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Bull from 'bull';
import { hasRedis, RedisServer } from '../../../test/support/redis.js';
import { until } from '../../../test/support/until.js';
import { createLogger } from '../../config/index.js';
import { type Receiver } from '../job-transport.js';
import type { Parcel } from './bull-queue.js';
import { BullTransport, QUEUE_NAMES } from './bull-transport.js';
import { queueOptions } from './queue-options.js';
import { redisOptions } from './redis-options.js';

const withRedis = hasRedis ? describe : describe.skip;
if (!hasRedis) process.stdout.write('bull-transport.spec: there is no redis-server here, so nothing is tested\n');

/** A process as the transport sees it. */
class Peer {
  readonly taken: string[] = [];
  /** `level: message` */
  readonly lines: string[] = [];
  lostConnections = 0;
  /** How many ids it takes of its own, and of others. */
  room = Infinity;
  readonly transport: BullTransport;
  private readonly queues: readonly Bull.Queue<Parcel>[];

  /** @param socketTimeout  after how many milliseconds a connection that owes an answer is given up */
  constructor(url: string, socketTimeout?: number) {
    const write = (line: string): void => {
      const { level, msg } = JSON.parse(line) as { level: string; msg: string };
      this.lines.push(`${level}: ${msg}`);
    };
    // ioredis leaves the timer of a connection that owes an answer running when it is closed, which holds up the run.
    const options = { ...queueOptions(url), redis: { ...redisOptions(url), socketTimeout } };
    const open = (name: string) => new Bull<Parcel>(name, options);
    const [runs, pokes] = [open(QUEUE_NAMES.runs), open(QUEUE_NAMES.pokes)];
    this.queues = [runs, pokes];
    runs.client.on('error', () => (this.lostConnections += 1));
    // Bull opens this connection some time later, be it after the queue was closed.
    for (const queue of this.queues) Reflect.get(queue, 'bclient');
    this.transport = new BullTransport(runs, pokes, createLogger('info', { write }));
  }

  get receiver(): Receiver {
    return {
      offer: (ids) => {
        const mine = ids.slice(0, this.room);
        this.take(mine);
        return ids.slice(mine.length);
      },
      take: (ids) => this.take(ids),
      hasRoom: () => this.room > 0,
    };
  }

  /** Resolves when Redis answers. */
  async isConnected(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.client.ping()));
  }

  async stop(): Promise<void> {
    this.transport.onModuleDestroy();
    await Promise.all(this.queues.map((queue) => queue.close()));
  }

  private take(ids: readonly string[]): void {
    this.taken.push(...ids);
    this.room -= ids.length;
  }
}

withRedis('with Redis, a process', () => {
  let redis: RedisServer;
  let peers: Peer[];

  beforeAll(async () => {
    redis = await RedisServer.start();
    peers = [];
  });
  afterEach(async () => {
    await Promise.all(peers.splice(0).map((peer) => peer.stop()));
    await redis.command('FLUSHALL');
  });
  afterAll(() => redis.remove());

  async function aPeer(socketTimeout?: number): Promise<Peer> {
    const peer = new Peer(redis.url, socketTimeout);
    peers.push(peer);
    await peer.isConnected();
    return peer;
  }

  it('takes what it can itself', async () => {
    const [own, other] = [await aPeer(), await aPeer()];
    for (const { transport, receiver } of [own, other]) transport.receive('runs', receiver);

    own.transport.send('runs', ['a', 'b']);

    expect(own.taken).toEqual(['a', 'b']);
    expect(await redis.command(`EXISTS bull:${QUEUE_NAMES.runs}:id`)).toBe(':0');
  });

  it('hands over what it has no room for', async () => {
    const [own, other] = [await aPeer(), await aPeer()];
    own.room = 2;
    for (const { transport, receiver } of [own, other]) transport.receive('runs', receiver);

    own.transport.send(
      'runs',
      Array.from({ length: 30 }, (_, n) => `run ${n}`),
    );
    await until(() => other.taken.length === 28);

    expect(own.taken).toEqual(['run 0', 'run 1']);
  });

  it('hands over everything when it has no receiver', async () => {
    const [own, other] = [await aPeer(), await aPeer()];
    other.transport.receive('pokes', other.receiver);

    own.transport.send('pokes', ['a', 'b']);
    await until(() => other.taken.length === 2);
  });

  it('gets nothing while it has no room', async () => {
    const [own, full, other] = [await aPeer(), await aPeer(), await aPeer()];
    full.room = 0;
    full.transport.receive('pokes', full.receiver);
    own.transport.send('pokes', ['a', 'b', 'c']);
    other.transport.receive('pokes', other.receiver);

    await until(() => other.taken.length === 3);
    expect(full.taken).toEqual([]);
    [full.room, other.room] = [1, 0];
    own.transport.send('pokes', ['d']);
    await until(() => full.taken.length === 1);
  });

  it('hears once of an execution that is named again before it is handed over, and again afterwards', async () => {
    const [own, other] = [await aPeer(), await aPeer()];
    own.transport.send('pokes', ['wait', 'id']);
    own.transport.send('pokes', ['id', 'wait']);
    await until(async () => (await redis.command(`LLEN bull:${QUEUE_NAMES.pokes}:wait`)) === ':2');

    other.transport.receive('pokes', other.receiver);
    await until(() => other.taken.length === 2);
    own.transport.send('pokes', ['wait']);
    await until(() => other.taken.length === 3);

    expect(other.taken).toEqual(['wait', 'id', 'wait']);
  });

  it('keeps everything while Redis is away, and says so once', async () => {
    const own = await aPeer();
    own.room = 0;
    own.transport.receive('runs', own.receiver);
    await redis.signal('SIGKILL');
    await until(() => own.lines.length > 0);

    own.transport.send('runs', ['a', 'b']);
    expect(own.taken).toEqual(['a', 'b']);

    await redis.again();
    await until(() => own.lines.length > 1);
    const other = await aPeer();
    other.transport.receive('runs', other.receiver);
    own.transport.send('runs', ['c']);
    await until(() => other.taken.length === 1);
    expect(own.lines).toEqual([
      'warn: Redis is away; other processes hear of new work by looking into the database',
      'info: Redis is back',
    ]);
  });

  it('finds Redis again that has hung for a while', async () => {
    const own = await aPeer(100);
    await redis.signal('SIGSTOP');
    own.transport.send('runs', ['lost']);
    await until(() => own.lostConnections === 3);
    expect(own.lines).toEqual([expect.stringContaining('Redis is away')]);

    await redis.signal('SIGCONT');
    await until(() => own.lines.length === 2);
    const other = await aPeer();
    other.transport.receive('runs', other.receiver);
    own.transport.send('runs', ['found']);
    await until(() => other.taken.includes('found'));
  });
});
