import type { Answer, Job } from './job.js';
import { SandboxThread } from './sandbox-thread.js';
import { type Turn, TurnQueue } from './turn-queue.js';

/** A thread is replaced after so many jobs, since the engines in it are never given back. */
const JOBS_PER_THREAD = 50;
/** Threads that nobody needs are ended after so long. */
const IDLE_MS = 60_000;

interface Seat {
  readonly thread: SandboxThread;
  jobs: number;
  idleTimer?: NodeJS.Timeout;
}

interface Waiter {
  readonly turn: Turn;
  readonly take: (seat: Seat) => void;
}

/**
 * Threads for jobs: the first starts with the first job, and then they are kept warm. Projects have their turns, and in each
 * its root executions. While others run in all threads, one more serves a project that runs nothing.
 */
export class SandboxPool {
  private readonly idle: Seat[] = [];
  private readonly waiting = new TurnQueue<Waiter>();
  private readonly running = new Map<string, number>();
  private count = 0;

  /** @param size  how many jobs run at the same time; the others wait */
  constructor(private readonly size: number) {}

  /** @throws the reason of the signal when that is aborted; Error when the thread ends without an answer */
  async run(job: Job, signal: AbortSignal, turn: Turn = { project: '', root: '' }): Promise<Answer> {
    const seat = await this.seat(turn, signal);
    let isReusable = false;
    try {
      const answer = await seat.thread.run(job, wallMsOf(job), signal);
      isReusable = !answer.isSpent && ++seat.jobs < JOBS_PER_THREAD;
      return answer;
    } finally {
      this.leave(turn.project);
      this.give(seat, isReusable);
    }
  }

  private seat(turn: Turn, signal: AbortSignal): Promise<Seat> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        turn,
        take: (seat) => {
          signal.removeEventListener('abort', leave);
          resolve(seat);
        },
      };
      const leave = (): void => {
        this.waiting.remove(turn, waiter);
        reject(signal.reason as Error);
      };
      this.waiting.add(turn, waiter);
      signal.addEventListener('abort', leave, { once: true });
      this.admit();
    });
  }

  /** Lets in whoever can have a thread now. */
  private admit(): void {
    for (;;) {
      const isFree = this.idle.length > 0 || this.count < this.size;
      if (!isFree && this.count > this.size) return;
      const waiter = this.waiting.take((project) => isFree || !this.running.has(project));
      if (waiter === undefined) return;
      const { project } = waiter.turn;
      this.running.set(project, (this.running.get(project) ?? 0) + 1);
      waiter.take(this.idleSeat() ?? this.opened());
    }
  }

  private idleSeat(): Seat | undefined {
    const seat = this.idle.pop();
    clearTimeout(seat?.idleTimer);
    return seat;
  }

  private opened(): Seat {
    this.count += 1;
    return { thread: new SandboxThread(), jobs: 0 };
  }

  private leave(project: string): void {
    const left = (this.running.get(project) ?? 0) - 1;
    if (left > 0) this.running.set(project, left);
    else this.running.delete(project);
  }

  private give(seat: Seat, isReusable: boolean): void {
    if (isReusable && this.count <= this.size) {
      seat.idleTimer = setTimeout(() => this.close(seat), IDLE_MS).unref();
      this.idle.push(seat);
    } else this.end(seat);
    this.admit();
  }

  private close(seat: Seat): void {
    this.idle.splice(this.idle.indexOf(seat), 1);
    this.end(seat);
  }

  private end(seat: Seat): void {
    seat.thread.end();
    this.count -= 1;
  }
}

/** Wide of the limit on computing, for what never looks at the clock and for a machine that is busy. */
function wallMsOf({ cpuMs }: Job): number {
  return cpuMs * 2 + 20_000;
}
