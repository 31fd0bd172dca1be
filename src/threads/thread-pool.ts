import { FairQueue } from './fair-queue.js';
import { type JobTerms, PoolThread } from './pool-thread.js';
import { ThreadError } from './thread-error.js';

export interface ThreadPoolOptions {
  /** The compiled module that calls `serveJobs`; see {@link threadProgram}. */
  readonly program: URL;
  /** Jobs that run at the same time, at least 1. */
  readonly size: number;
  /** Heap of one thread, in MiB: a job that needs more ends its thread. */
  readonly memoryMb: number;
}

export interface JobOrder extends JobTerms {
  /** Whose job it is, e.g. the id of a root execution: each gets its turn. */
  readonly turn: string;
}

/** Threads that nobody needs are ended after so long. */
const IDLE_MS = 60_000;

interface Waiting<Job, Answer> {
  readonly turn: string;
  readonly start: (thread: PoolThread<Job, Answer>) => void;
  readonly refuse: (error: Error) => void;
}

/**
 * Threads for work that would hold the event loop. The first starts with the first job; one that has died of its job is
 * replaced. When many wait, their turns go round, and one turn never has all threads as long as there are several.
 */
export class ThreadPool<Job, Answer> {
  private readonly queue = new FairQueue<Waiting<Job, Answer>>();
  private readonly idle = new Map<PoolThread<Job, Answer>, NodeJS.Timeout>();
  private readonly busyByTurn = new Map<string, number>();
  private readonly busy = new Set<PoolThread<Job, Answer>>();
  private isClosed = false;

  constructor(private readonly options: ThreadPoolOptions) {}

  /** @throws ThreadError when the job takes too long or too much memory; whatever the job throws */
  run(job: Job, { turn, ...terms }: JobOrder): Promise<Answer> {
    if (this.isClosed) return Promise.reject(new ThreadError('closed'));
    return new Promise((resolve, reject) => {
      const start = (thread: PoolThread<Job, Answer>): void => {
        void thread
          .run(job, terms)
          .then(resolve, reject)
          .finally(() => this.give(thread, turn));
      };
      this.queue.add(turn, { turn, start, refuse: reject });
      this.startNext();
    });
  }

  /** Ends all threads; jobs that run or wait fail. */
  close(): void {
    this.isClosed = true;
    for (const [thread, timer] of this.idle) this.retire(thread, timer);
    for (const thread of this.busy) thread.end();
    for (let next = this.queue.take(anyTurn); next !== undefined; next = this.queue.take(anyTurn))
      next.refuse(new ThreadError('closed'));
  }

  private startNext(): void {
    while (this.busy.size < this.options.size) {
      const next = this.queue.take((turn) => (this.busyByTurn.get(turn) ?? 0) < this.threadsPerTurn());
      if (next === undefined) return;
      const thread = this.takeThread();
      this.busy.add(thread);
      this.busyByTurn.set(next.turn, (this.busyByTurn.get(next.turn) ?? 0) + 1);
      next.start(thread);
    }
  }

  private threadsPerTurn(): number {
    return Math.max(1, this.options.size - 1);
  }

  private takeThread(): PoolThread<Job, Answer> {
    const [known] = this.idle;
    if (known === undefined) return new PoolThread(this.options.program, this.options.memoryMb);
    const [thread, timer] = known;
    clearTimeout(timer);
    this.idle.delete(thread);
    return thread.isAlive ? thread : this.takeThread();
  }

  private give(thread: PoolThread<Job, Answer>, turn: string): void {
    this.busy.delete(thread);
    const left = (this.busyByTurn.get(turn) ?? 1) - 1;
    if (left === 0) this.busyByTurn.delete(turn);
    else this.busyByTurn.set(turn, left);
    if (this.isClosed || !thread.isAlive) thread.end();
    else this.idle.set(thread, this.timerFor(thread));
    this.startNext();
  }

  private timerFor(thread: PoolThread<Job, Answer>): NodeJS.Timeout {
    const timer = setTimeout(() => this.retire(thread, timer), IDLE_MS);
    return timer.unref();
  }

  private retire(thread: PoolThread<Job, Answer>, timer: NodeJS.Timeout): void {
    clearTimeout(timer);
    this.idle.delete(thread);
    thread.end();
  }
}

function anyTurn(): boolean {
  return true;
}
