/** Something that a task waits for, in the form of the API. */
export interface ExplainedWait {
  readonly kind: 'action' | 'execution' | 'timer' | 'task';
  readonly id?: string | null;
  readonly name: string;
  readonly state?: string | null;
  /** Number of the with-items item, else 0. */
  readonly index?: number;
  /** One sentence. */
  readonly why: string;
  readonly since?: string | null;
  /** `2026-03-01 10:00:00`: a timer's time, the end of an executor's lease. */
  readonly until?: string | null;
  /** The node whose executor runs the action. */
  readonly held_by?: string | null;
  readonly attempts?: number;
}

/** A task with what it waits for. */
export interface ExplainedTask {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly state: string;
  readonly state_info: string | null;
  readonly why: string;
  /** When its timeout fails it. */
  readonly timeout_at: string | null;
  readonly waits_for: readonly ExplainedWait[];
  /** How many more waits there are than listed. */
  readonly more: number;
}

/** The answer of GET /v2/executions/{id}/why. */
export interface Explanation {
  readonly id: string;
  readonly workflow_name: string;
  readonly state: string;
  readonly state_info: string | null;
  readonly why: string;
  /** When the workflow's timeout ends it. */
  readonly until: string | null;
  readonly undelivered_events: number;
  readonly tasks: readonly ExplainedTask[];
}
