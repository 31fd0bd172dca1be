/** `runs`: ids of actions that wait to be run; `pokes`: ids of executions for which something waits in the outbox. */
export const CHANNELS = ['runs', 'pokes'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Whoever works on the ids of one channel in this process. */
export interface Receiver {
  /** Takes ids that this process has committed. @returns those of which another process had better hear */
  readonly offer: (ids: readonly string[]) => readonly string[];
  /** Takes ids that others have sent, or that nobody else can be told of. */
  readonly take: (ids: readonly string[]) => void;
  /** Whether it takes what others have sent; for one that never does, absent. */
  readonly hasRoom?: () => boolean;
}

/**
 * Tells those who can work on it what waits in the database: this process first, others where it is not up to it.
 * It is only a hint. What nobody hears of is found by looking into the database, a little later.
 */
export abstract class JobTransport {
  /** Names the one receiver of a channel in this process. */
  abstract receive(channel: Channel, receiver: Receiver): void;

  /** Only after the commit. It never waits and never fails. */
  abstract send(channel: Channel, ids: readonly string[]): void;
}
