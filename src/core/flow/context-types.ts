import type { JsonObject } from '../shared/index.js';

/** Branch variables with a count of writes per leaf path (`a.b`), which decides who wins where branches meet. */
export interface Context {
  readonly values: JsonObject;
  readonly versions: ReadonlyMap<string, number>;
}

export type MergeStrategy = 'replace' | 'merge';

/** What is remembered of a task: its inbound context for the branches it came from, its outbound one for what it published. */
export interface TaskContext {
  readonly sources: readonly Context[];
  readonly inbound: Context;
  readonly published: JsonObject | null;
  readonly outbound: Context;
  /** The ends of the task, and of those it inherits from, stood when this was made. */
  readonly isSettled: boolean;
}
