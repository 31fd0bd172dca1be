/** Longest delay that a timer of Node takes. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Does work that ends with its signal, which is aborted when the caller's is or when the time is over.
 * @param seconds  for all of it; 0: no limit
 * @throws {Error} `no complete answer within 60 seconds`
 */
export async function within<T>(
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (seconds === 0) return work(signal);
  const deadline = new AbortController();
  const end = (): void => deadline.abort(new Error(`no complete answer within ${seconds} seconds`));
  const timer = setTimeout(end, Math.min(seconds * 1000, LONGEST_TIMER_MS));
  try {
    return await work(AbortSignal.any([signal, deadline.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits for what can't be stopped, but no longer than the signal lets it.
 * @throws the signal's reason
 */
export async function orAborted<T>(signal: AbortSignal, waiting: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = pendingRejection();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([waiting, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function pendingRejection(): { readonly promise: Promise<never>; readonly reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_resolve, fail) => {
    reject = fail;
  });
  return { promise, reject };
}
