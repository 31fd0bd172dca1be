import type { Changes } from '../core/flow/index.js';
import type { Letter } from './mailboxes.js';

/** What a transaction has done, for those who act on it after the commit. */
export interface Done {
  readonly changes: readonly Changes[];
  /** Executions with something new in the outbox, besides those that the changes' commands tell. */
  readonly told: readonly string[];
}

/** What handling an execution has done, and the letters it had no time for. */
export interface Handled extends Done {
  readonly left: readonly Letter[];
}
