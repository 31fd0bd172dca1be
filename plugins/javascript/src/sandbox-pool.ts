import type { Answer, Job } from './job.js';
import { SandboxThread } from './sandbox-thread.js';

/** A thread is replaced after so many jobs, since the engines in it are never given back. */
const JOBS_PER_THREAD = 50;
/** Threads that nobody needs are ended after so long. */
const IDLE_MS = 60_000;

interface Seat {
  readonly thread: SandboxThread;
  jobs: number;
  idleTimer?: NodeJS.Timeout;
}

/** Threads for jobs: the first starts with the first job, and then they are kept warm. */
export class SandboxPool {
  private readonly idle: Seat[] = [];
  private readonly waiting: ((seat: Seat) => void)[] = [];
  private count = 0;

  /** @param size  how many jobs run at the same time; the others wait */
  constructor(private readonly size: number) {}

  /** @throws the reason of the signal when that is aborted; Error when the thread ends without an answer */
  async run(job: Job, signal: AbortSignal): Promise<Answer> {
    const seat = await this.seat(signal);
    let isReusable = false;
    try {
      const answer = await seat.thread.run(job, wallMsOf(job), signal);
      isReusable = !answer.isSpent && ++seat.jobs < JOBS_PER_THREAD;
      return answer;
    } finally {
      this.give(isReusable ? seat : this.replaced(seat));
    }
  }

  private seat(signal: AbortSignal): Promise<Seat> {
    signal.throwIfAborted();
    const free = this.idle.pop();
    if (free !== undefined) {
      clearTimeout(free.idleTimer);
      return Promise.resolve(free);
    }
    if (this.count < this.size) return Promise.resolve(this.opened());
    return new Promise((resolve, reject) => {
      const take = (seat: Seat): void => {
        signal.removeEventListener('abort', leave);
        resolve(seat);
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(take), 1);
        reject(signal.reason as Error);
      };
      this.waiting.push(take);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  private opened(): Seat {
    this.count += 1;
    return { thread: new SandboxThread(), jobs: 0 };
  }

  /** @returns a fresh seat for who waits, or nothing */
  private replaced(seat: Seat): Seat | undefined {
    seat.thread.end();
    this.count -= 1;
    return this.waiting.length === 0 ? undefined : this.opened();
  }

  private give(seat: Seat | undefined): void {
    if (seat === undefined) return;
    const take = this.waiting.shift();
    if (take !== undefined) return take(seat);
    seat.idleTimer = setTimeout(() => this.close(seat), IDLE_MS).unref();
    this.idle.push(seat);
  }

  private close(seat: Seat): void {
    this.idle.splice(this.idle.indexOf(seat), 1);
    this.replaced(seat);
  }
}

/** Wide of the limit on computing, for what never looks at the clock and for a machine that is busy. */
function wallMsOf({ cpuMs }: Job): number {
  return cpuMs * 2 + 20_000;
}
