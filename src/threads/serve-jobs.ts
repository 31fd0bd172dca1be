import { setPriority } from 'node:os';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { FromThread, ThreadData } from './messages.js';
import { threadNumber } from './processor-time.js';

/** What a job may say to the pool while it runs. */
export interface JobContext {
  /** Asks the other side and sleeps until the reply is there. */
  readonly ask: (question: unknown) => unknown;
  /** Has the time of the job begin anew, for the next of its parts. */
  readonly progress: () => void;
}

/** So that requests, timers and decisions of the same process come first. */
const NICENESS = 10;

/** Makes the present thread one of a pool: `work` is done for each job, and what it returns or throws is the answer. */
export function serveJobs<Job, Answer>(work: (job: Job, context: JobContext) => Answer): void {
  const port = parentPort;
  if (port === null) throw new Error('this module is the program of a worker thread');
  const send = (message: FromThread): void => port.postMessage(message);
  const { replies } = workerData as ThreadData;
  const thread = threadNumber();
  const context: JobContext = {
    ask: (question) => {
      const before = Atomics.load(replies, 0);
      send({ kind: 'question', question });
      Atomics.wait(replies, 0, before);
      return (receiveMessageOnPort(port)?.message as { readonly reply: unknown } | undefined)?.reply;
    },
    progress: () => send({ kind: 'progress', thread }),
  };
  if (thread !== undefined) yieldToOthers(thread);
  port.on('message', (job: Job) => {
    context.progress();
    send(outcomeOf(() => work(job, context)));
  });
}

function outcomeOf(work: () => unknown): FromThread {
  try {
    return { kind: 'answer', answer: work() };
  } catch (error) {
    return { kind: 'failure', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Where threads have numbers of their own, the processor goes to the main thread first. */
function yieldToOthers(thread: number): void {
  try {
    setPriority(thread, NICENESS);
  } catch {
    // A system that forbids it shares the processor evenly.
  }
}
