import { Worker } from 'node:worker_threads';
import type { Answer, Job } from './job.js';

/** The compiled file, seen from the compiled one and from this one. */
const FILE = new URL('../dist/worker.js', import.meta.url);
/** Of the thread's own heap, beside the memory of the engine. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

/** One thread of the pool. It does one job at a time and does not keep the process alive while it does none. */
export class SandboxThread {
  private readonly worker = new Worker(FILE, { env: {}, execArgv: [], resourceLimits: RESOURCE_LIMITS });

  /** Why the thread has ended by itself. */
  private death: Error | undefined;

  constructor() {
    this.worker.on('error', (cause) => (this.death = ended(cause)));
    this.worker.on('exit', () => (this.death ??= ended()));
    this.worker.unref();
  }

  /**
   * @param wallMs  after which the thread is ended, whatever it does
   * @throws {Error} when the thread ends without an answer; the reason of the signal when that is aborted
   */
  async run(job: Job, wallMs: number, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    if (this.death !== undefined) throw this.death;
    this.worker.ref();
    const { promise, settle, fail } = answering();
    const onExit = (): void => fail(this.death ?? ended());
    const onAbort = (): void => fail(signal.reason as Error);
    const timer = setTimeout(() => fail(new Error(`nothing came out within ${wallMs / 1000} s`)), wallMs);
    this.worker.once('message', settle).once('exit', onExit);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      this.worker.postMessage(job);
      return await promise;
    } finally {
      clearTimeout(timer);
      this.worker.off('message', settle).off('exit', onExit);
      signal.removeEventListener('abort', onAbort);
      this.worker.unref();
    }
  }

  end(): void {
    void this.worker.terminate();
  }
}

function ended(cause?: Error): Error {
  return new Error(`the thread of the sandbox has ended${cause === undefined ? '' : `: ${cause.message}`}`, { cause });
}

function answering() {
  let settle: (answer: Answer) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<Answer>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  return { promise, settle, fail };
}
