/** A thread ended without an answer: its job took too long, needed too much memory, or broke it. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';

  constructor(
    readonly reason: 'time' | 'memory' | 'broken' | 'closed',
    options?: ErrorOptions,
  ) {
    super(TEXTS[reason], options);
  }
}

const TEXTS = {
  time: 'the job took longer than it may',
  memory: 'the job needed more memory than it may',
  broken: 'the thread has ended without an answer',
  closed: 'the pool of threads is closed',
} as const;
