import type { Json, JsonObject } from '../shared/index.js';
import type { FlowEvent, StartRequest } from './events.js';
import type { ActionRow, ChildRow, ExecutionRow, Instant, TaskRow, TimerRow } from './rows.js';

/** An inserted row, or the new form of a row that exists. */
export interface RowChange<Row> {
  readonly isNew: boolean;
  readonly row: Row;
}

/** What one transaction writes for one execution. */
export interface Changes {
  readonly execution: RowChange<ExecutionRow>;
  /** Columns of the execution that differ; everything for a new one. */
  readonly executionColumns: readonly (keyof ExecutionRow)[];
  readonly tasks: readonly RowChange<TaskRow>[];
  readonly actions: readonly RowChange<ActionRow>[];
  /** Children whose state was reported to this parent, or that stopped counting. Rows exist; their own flow wrote them. */
  readonly children: readonly ChildRow[];
  readonly timersSet: readonly TimerRow[];
  readonly timersGone: readonly string[];
  readonly commands: readonly Command[];
  readonly journal: JournalEntry;
}

/** What must happen after the commit. All but `start-child` become outbox rows in the same transaction. */
export type Command =
  /** An executor runs the action. */
  | { readonly kind: 'run-action'; readonly actionId: string }
  /** Deliver an event to another execution (parent or child), or `continue` to this one; in order per target. */
  | { readonly kind: 'tell'; readonly executionId: string; readonly event: FlowEvent }
  | { readonly kind: 'start-child'; readonly request: StartRequest }
  /** Send one notification; in order per execution. */
  | { readonly kind: 'notify'; readonly publisher: JsonObject; readonly payload: JsonObject };

/** One line of an execution's history: what was decided on, and what it changed. */
export interface JournalEntry {
  readonly executionId: string;
  /** The execution's version after the transaction. */
  readonly version: number;
  readonly at: Instant;
  /** Seed of the ids made by this decision; with `at` it makes a replay exact. */
  readonly seed: string;
  readonly events: readonly Json[];
}
