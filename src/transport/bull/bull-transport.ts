import { getQueueToken } from '@nestjs/bull';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Queue } from 'bull';
import { LOGGER, type Logger } from '../../config/index.js';
import { BullQueue, type Parcel } from './bull-queue.js';
import { type Channel, JobTransport, type Receiver } from '../job-transport.js';
import { RedisHealth } from './redis-health.js';

/** Names of the queues in Redis. */
export const QUEUE_NAMES: Readonly<Record<Channel, string>> = { runs: 'tramontane:runs', pokes: 'tramontane:pokes' };

/** So many actions go to one executor at a time: few enough to spread, enough to keep the number of jobs small. */
const RUNS_PER_JOB = 10;

/** Carries ids to other processes by Bull, where this one is not up to them; while Redis is away, everything stays here. */
@Injectable()
export class BullTransport extends JobTransport implements OnModuleDestroy {
  private readonly health: RedisHealth;
  private readonly queues: Readonly<Record<Channel, BullQueue>>;
  private readonly receivers = new Map<Channel, Receiver>();

  constructor(
    @Inject(getQueueToken(QUEUE_NAMES.runs)) runs: Queue<Parcel>,
    @Inject(getQueueToken(QUEUE_NAMES.pokes)) pokes: Queue<Parcel>,
    @Inject(LOGGER) logger: Logger,
  ) {
    super();
    this.health = new RedisHealth(() => Promise.all([runs.client.ping(), pokes.client.ping()]), logger);
    this.queues = {
      runs: new BullQueue(runs, { idsPerJob: RUNS_PER_JOB, isDistinct: false }, this.health, logger),
      pokes: new BullQueue(pokes, { idsPerJob: 1, isDistinct: true }, this.health, logger),
    };
  }

  receive(channel: Channel, receiver: Receiver): void {
    this.receivers.set(channel, receiver);
    if (receiver.hasRoom !== undefined) this.queues[channel].serve(receiver, receiver.hasRoom);
  }

  send(channel: Channel, ids: readonly string[]): void {
    const receiver = this.receivers.get(channel);
    const others = receiver?.offer(ids) ?? ids;
    if (others.length === 0) return;
    if (this.queues[channel].isOpen) this.queues[channel].send(others);
    else receiver?.take(others);
  }

  /** Takes nothing more from others. What actions that still end here bring about is sent; @nestjs/bull closes at last. */
  onModuleDestroy(): void {
    this.health.close();
    for (const queue of Object.values(this.queues)) queue.stop();
  }
}
