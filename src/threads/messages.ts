/** From a thread to its pool. */
export type FromThread =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly error: Error }
  /** The thread waits, blocked, for the reply. */
  | { readonly kind: 'question'; readonly question: unknown }
  /** A part of the job is done: the time begins anew. `thread` is the number the system gives it. */
  | { readonly kind: 'progress'; readonly thread: number | undefined };

/** What a thread is given when it starts. */
export interface ThreadData {
  /** Counts the replies, so that the thread can sleep until one is there. */
  readonly replies: Int32Array;
}
