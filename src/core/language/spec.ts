import type { Json, JsonObject } from '../shared/index.js';

/** A declared input: `a` (required) or `{a: default}`. */
export interface InputSpec {
  readonly name: string;
  /** `undefined` means required; `null` is a default. */
  readonly defaultValue: Json | undefined;
}

/** One-line call: `std.echo output=<% $.x %>` is name `std.echo` and params `{output: '<% $.x %>'}`. The name may be an expression. */
export interface CallSpec {
  readonly name: string;
  readonly params: JsonObject;
}

export interface PublishSpec {
  readonly branch?: JsonObject;
  readonly global?: JsonObject;
}

/** `{name: 'fail', guard: '<% $.x %>', params: {msg: 'no'}}`; engine commands are noop, fail, succeed, pause. */
export interface TransitionSpec {
  readonly target: string;
  readonly guard?: string;
  readonly params: JsonObject;
}

export interface OnClauseSpec {
  readonly next: readonly TransitionSpec[];
  readonly publish?: PublishSpec;
}

/** Values may be expressions (text) until they are evaluated. */
export interface RetrySpec {
  readonly count: Json;
  readonly delay: Json;
  readonly breakOn?: string;
  readonly continueOn?: string;
  /** Not in the original: factor between one delay and the next, longest delay in seconds, share taken off at random. */
  readonly multiplier?: Json;
  readonly maxDelay?: Json;
  readonly jitter?: Json;
}

export type JoinSpec = 'all' | number;

/** Policies after task-defaults have been applied. `undefined` means off. */
export interface PoliciesSpec {
  readonly pauseBefore?: Json;
  readonly waitBefore?: Json;
  readonly waitAfter?: Json;
  readonly failOn?: Json;
  readonly retry?: RetrySpec;
  readonly timeout?: Json;
  readonly concurrency?: Json;
  /** Not in the original: which items of a with-items task a retry starts again; all of them by default. */
  readonly retryItems?: 'all' | 'failed';
}

/** `VAR in LIST`: the list is an expression or a JSON array whose texts may hold expressions. */
export interface WithItemsSpec {
  readonly variable: string;
  readonly list: Json;
}

export type OnClauseName = 'on-success' | 'on-error' | 'on-complete' | 'on-skip';

export interface TaskSpec {
  readonly name: string;
  readonly tags: readonly string[];
  /** Neither: action `std.noop`. */
  readonly action?: CallSpec;
  readonly workflow?: CallSpec;
  /** `input:` as written: an object, or one expression that must give an object. */
  readonly input?: JsonObject | string;
  readonly withItems: readonly WithItemsSpec[];
  readonly publish?: JsonObject;
  readonly publishOnError?: JsonObject;
  readonly publishOnSkip?: JsonObject;
  readonly policies: PoliciesSpec;
  readonly keepResult: Json;
  readonly safeRerun: boolean;
  readonly target?: string;
  /** On-clauses after task-defaults (own targets win, the task itself removed from default targets). */
  readonly on: Readonly<Partial<Record<OnClauseName, OnClauseSpec>>>;
  /** Only direct workflows; 0 is stored as undefined. */
  readonly join?: JoinSpec;
  /** Only reverse workflows, after task-defaults. */
  readonly requires: readonly string[];
  /** The task's dict as `task().spec` shows it (with name, version and type). */
  readonly raw: JsonObject;
}

export interface WorkflowSpec {
  readonly name: string;
  readonly type: 'direct' | 'reverse';
  readonly description?: Json;
  readonly tags: readonly string[];
  readonly input: readonly InputSpec[];
  /** JSON Schemas of inputs and of members of the output, by name; not in the original. */
  readonly inputSchema?: JsonObject;
  readonly outputSchema?: JsonObject;
  readonly output?: Json;
  readonly outputOnError?: Json;
  readonly vars?: JsonObject;
  /** Seconds for the whole execution, or an expression; not in the original. */
  readonly timeout?: Json;
  /** In the order of the text. */
  readonly tasks: ReadonlyMap<string, TaskSpec>;
  /** Direct: tasks no on-clause points to, in order. Reverse: empty. */
  readonly startTasks: readonly string[];
  /** Direct: task name to the names of tasks that have it in any on-clause, each once, in order of the text. */
  readonly inbound: ReadonlyMap<string, readonly string[]>;
  /** The dict as `execution().spec` shows it; what is stored. `workflowFromRaw(raw)` builds this object again. */
  readonly raw: JsonObject;
}

export interface ActionSpec {
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly base: CallSpec;
  readonly baseInput?: JsonObject;
  readonly input: readonly InputSpec[];
  /** `undefined`: no transform. */
  readonly output: Json | undefined;
  readonly raw: JsonObject;
}

/** A definition with the text that is stored for it. */
export interface Definition<Spec> {
  readonly spec: Spec;
  /** A single definition keeps the text as sent; several are dumped again, one document each. */
  readonly text: string;
}

export interface WorkbookSpec {
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Members by short name; `text` is cut from the workbook by indentation. */
  readonly workflows: readonly Definition<WorkflowSpec>[];
  readonly actions: readonly Definition<ActionSpec>[];
  readonly raw: JsonObject;
}
