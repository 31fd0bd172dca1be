import type { JobOptions, Queue } from 'bull';
import type { Logger } from '../../config/index.js';
import type { Receiver } from '../job-transport.js';
import type { RedisHealth } from './redis-health.js';

/** What a job carries. */
export interface Parcel {
  readonly ids: readonly string[];
}

export interface ParcelOptions {
  readonly idsPerJob: number;
  /** Whether an id that waits in the queue already is not sent again; it takes one id per job. */
  readonly isDistinct: boolean;
}

interface NewJob {
  readonly data: Parcel;
  readonly opts?: JobOptions;
}

/** Jobs whose arrival in Redis is not confirmed yet; more are not sent, so that a Redis that hangs costs no memory. */
const MAX_UNDER_WAY = 1_000;
const LOOK_FOR_ROOM_MS = 20;

/** One channel by way of a Bull queue: jobs are dropped once they are done or failed, for the database knows everything. */
export class BullQueue {
  private underWay = 0;
  private isStopped = false;

  constructor(
    private readonly queue: Queue<Parcel>,
    private readonly options: ParcelOptions,
    private readonly health: RedisHealth,
    private readonly logger: Logger,
  ) {
    tame(queue);
    queue.client.on('error', (error) => health.lost(error));
    queue.on('error', (error) => this.report(error));
  }

  /** Whether what is sent now is likely to reach someone. */
  get isOpen(): boolean {
    return !this.health.isAway && this.queue.client.status === 'ready' && this.underWay < MAX_UNDER_WAY;
  }

  /** Sends without waiting; a job that can't be sent is lost. */
  send(ids: readonly string[]): void {
    this.add(parcels(ids, this.options));
  }

  /**
   * Gives the receiver what others send, as long as it has room. A job is handed on when it has left the queue: of an id
   * that is sent again after that, the receiver hears again.
   */
  serve(receiver: Receiver, hasRoom: () => boolean): void {
    this.queue.on('completed', ({ data }, isAccepted) => {
      if (isAccepted) receiver.take(data.ids);
    });
    this.queue.process((job) => this.accept(job.data, hasRoom)).catch((error: unknown) => this.report(error));
  }

  /** Leaves the jobs to others. Sending goes on until the queue is closed. */
  stop(): void {
    this.isStopped = true;
    this.queue.pause(true).catch((error: unknown) => this.report(error));
  }

  /**
   * Bull asks for a job before it is known whether there will be room for it. One that comes too late is sent on, and no
   * other is asked for until there is room again.
   */
  private async accept(data: Parcel, hasRoom: () => boolean): Promise<boolean> {
    const isFull = () => !this.isStopped && !hasRoom();
    if (!this.isStopped && !isFull()) return true;
    // Under a new name: this job, which has the name of its id, is in the queue still.
    this.add([{ data }]);
    while (isFull()) await new Promise((resolve) => setTimeout(resolve, LOOK_FOR_ROOM_MS));
    return false;
  }

  private add(jobs: readonly NewJob[]): void {
    this.underWay += jobs.length;
    this.queue
      .addBulk([...jobs])
      .catch((error: unknown) => this.report(error))
      .finally(() => (this.underWay -= jobs.length));
  }

  /** A job that Redis has lost, or that was lost with the connection: of the connection itself, its client tells. */
  private report(error: unknown): void {
    this.logger.debug({ err: error, queue: this.queue.name }, 'a job was lost');
  }
}

/** Takes from Bull two steps whose failures it doesn't handle: while Redis is away, they would end the process. */
function tame(queue: Queue<Parcel>): void {
  const done = () => Promise.resolve();
  // A name for the connection, which only Bull's own statistics need; and the wait for jobs at the end, where none of ours lasts.
  Object.assign(queue, { setWorkerName: done, whenCurrentJobsFinished: done });
}

function parcels(ids: readonly string[], { idsPerJob, isDistinct }: ParcelOptions): readonly NewJob[] {
  const count = Math.ceil(ids.length / idsPerJob);
  const parts = Array.from({ length: count }, (_, n) => ids.slice(n * idsPerJob, (n + 1) * idsPerJob));
  return parts.map((part) => ({
    data: { ids: part },
    // Bull has keys of its own beside those of the jobs, such as `wait`; none of them begins with a dot.
    opts: isDistinct ? { jobId: `.${part.join()}` } : {},
  }));
}
