import { Worker } from 'node:worker_threads';
import type { FromThread, ThreadData } from './messages.js';
import { Stopwatch } from './stopwatch.js';
import { ThreadError } from './thread-error.js';

/** How one job is run. */
export interface JobTerms {
  /** How long it may compute, in milliseconds; progress begins it anew. */
  readonly limitMs: number;
  /** Replies to what the job asks; must not throw. */
  readonly reply?: (question: unknown) => unknown;
}

/** A thread may take so long to load its program, before its first job begins. */
const STARTING_MS = 30_000;

/** One thread of a pool, for one job at a time. It does not keep the process alive while it does none. */
export class PoolThread<Job, Answer> {
  private readonly replies = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;
  private death: ThreadError | undefined;

  constructor(program: URL, memoryMb: number) {
    const workerData: ThreadData = { replies: this.replies };
    const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };
    this.worker = new Worker(program, { workerData, resourceLimits, env: {}, execArgv: [] });
    this.worker.on('error', (cause) => (this.death = deathOf(cause)));
    this.worker.on('exit', () => (this.death ??= new ThreadError('broken')));
    this.worker.unref();
  }

  get isAlive(): boolean {
    return this.death === undefined;
  }

  /** @throws ThreadError when the thread ends without an answer; whatever the job throws */
  async run(job: Job, { limitMs, reply }: JobTerms): Promise<Answer> {
    if (this.death !== undefined) throw this.death;
    const { promise, resolve, reject } = deferred<Answer>();
    const stopwatch = new Stopwatch(limitMs, () => this.kill(reject));
    const take = (message: FromThread): void => {
      if (message.kind === 'answer') resolve(message.answer as Answer);
      else if (message.kind === 'failure') reject(message.error);
      else if (message.kind === 'progress') stopwatch.start(message.thread);
      else void Promise.resolve(reply?.(message.question)).then((answer) => this.reply(answer), reject);
    };
    const leave = (): void => reject(this.death ?? new ThreadError('broken'));
    this.worker.ref();
    this.worker.on('message', take).once('exit', leave);
    try {
      stopwatch.start(undefined, STARTING_MS);
      this.worker.postMessage(job);
      return await promise;
    } finally {
      stopwatch.stop();
      this.worker.off('message', take).off('exit', leave);
      this.worker.unref();
    }
  }

  end(reason: ThreadError['reason'] = 'closed'): void {
    this.death ??= new ThreadError(reason);
    void this.worker.terminate();
  }

  private reply(reply: unknown): void {
    this.worker.postMessage({ reply });
    Atomics.add(this.replies, 0, 1);
    Atomics.notify(this.replies, 0);
  }

  private kill(reject: (error: Error) => void): void {
    this.end('time');
    reject(new ThreadError('time'));
  }
}

function deathOf(cause: unknown): ThreadError {
  const isMemory = (cause as { readonly code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return new ThreadError(isMemory ? 'memory' : 'broken', { cause });
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
