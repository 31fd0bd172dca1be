import type { Json, JsonObject } from '../shared/index.js';
import type { PlainAction } from './scope.js';

/** Texts of definitions as a user uploads them. */
export interface DefinitionTexts {
  /** Lists of workflows; the first workflow of the first text is the one that runs. */
  readonly workflows: readonly string[];
  readonly workbooks?: readonly string[];
  /** Lists of ad-hoc actions. */
  readonly actions?: readonly string[];
}

/** What an action, or a sub-workflow as a whole, answers; `after` seconds, at once by default. */
export type MockedResult =
  | { readonly kind: 'success' | 'error'; readonly data: Json; readonly after?: number }
  | { readonly kind: 'cancelled' | 'never'; readonly after?: number };

/** What users do meanwhile: `at` seconds after the start, or when nothing else is left to happen. */
export type RehearsedEvent = { readonly at?: number } & (
  | { readonly kind: 'pause' | 'resume' }
  | { readonly kind: 'stop'; readonly state: 'SUCCESS' | 'ERROR' | 'CANCELLED'; readonly message: string | null }
  /** A failed task, by its path. */
  | { readonly kind: 'rerun'; readonly task: string; readonly reset: boolean }
  | { readonly kind: 'skip'; readonly task: string }
);

/** A workflow with everything that happens to it. */
export interface Rehearsal {
  readonly definitions: DefinitionTexts;
  /** Name of the workflow to run; by default the first. */
  readonly run?: string;
  readonly input?: JsonObject;
  /** `{env, task_name}` */
  readonly params?: JsonObject;
  /**
   * By task name, or by path (`deploy/create_vm`, in the sub-workflow of `deploy`): results of its first, second … start,
   * be they attempts or items; the last counts for all further ones.
   */
  readonly actions?: Readonly<Record<string, readonly MockedResult[]>>;
  readonly events?: readonly RehearsedEvent[];
}

export interface RehearsalOptions {
  /** Actions to be found by name; by default every name, with std.noop, std.echo and std.fail as they are. */
  readonly findAction?: (name: string) => PlainAction | undefined;
}

/** A task execution as the rehearsal leaves it. */
export interface RehearsedTask {
  readonly state: string;
  readonly info: string | null;
  readonly result: Json;
  readonly published: Json;
  /** `{retry_task_policy: {retry_no: 2}}` and the like. */
  readonly runtimeContext: Json;
  /** How many actions or sub-workflows it has started. */
  readonly starts: number;
  /** Seconds from the start of the workflow, in whole milliseconds; null when it has not come to that. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** An action as it was started, e.g. `{name: 'std.echo', input: {output: 1}}`. */
export interface RehearsedCall {
  readonly name: string;
  readonly input: JsonObject;
}

export interface RehearsalResult {
  readonly state: string;
  readonly info: string | null;
  readonly output: Json;
  /** Paths of tasks in the order in which they started; one that runs again stands there again. */
  readonly order: readonly string[];
  /** By path, oldest first. */
  readonly tasks: ReadonlyMap<string, readonly RehearsedTask[]>;
  /** Inputs of the actions by the path of their task, in the order of their starts. */
  readonly inputs: ReadonlyMap<string, readonly JsonObject[]>;
  /** The same with the names of the actions. */
  readonly calls: Readonly<Record<string, readonly RehearsedCall[]>>;
  /** Paths of tasks whose action has no mocked result, so that they never end. */
  readonly unanswered: readonly string[];
}
