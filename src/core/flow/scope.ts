import type { EvaluationBounds } from '../expressions/index.js';
import type { ActionSpec, WorkflowSpec } from '../language/index.js';
import type { Json, JsonObject } from '../shared/index.js';
import type { ActionOutcome, WorkflowRef } from './events.js';
import type { FlowReader } from './flow.js';
import type { Instant } from './rows.js';

/** An action that can be run as it is: built in, from a plugin package, or made of a code source. */
export interface PlainAction {
  readonly name: string;
  readonly isAsync: boolean;
  /** Its pack says that running it twice does no harm: after a crash it starts again, as with `safe-rerun: true`. */
  readonly isSafeToRerun?: boolean;
  /** Present when the action has no side effect and may run inside the loop; `pending` leaves it to someone outside. */
  readonly runPure?: (input: JsonObject, actionExecutionId: string) => ActionOutcome | Wait | 'pending' | undefined;
  /** The error of one that was ended by the timeout of its task. */
  readonly timeoutError?: (actionExecutionId: string, seconds: number) => Json;
  /** @returns the sentence that says why the action can't be built with these values, or undefined */
  readonly buildError: (input: JsonObject) => string | undefined;
  /** @returns the sentence that says which parameters are missing or unexpected, or undefined */
  readonly inputError: (input: JsonObject) => string | undefined;
}

/** The answer of an action that does nothing but wait: its outcome, when the time is over. */
export interface Wait {
  readonly waitSeconds: number;
  readonly outcome: ActionOutcome;
}

/** An ad-hoc action as stored. */
export interface AdhocAction {
  readonly name: string;
  readonly namespace: string;
  /** The text that it was uploaded with, for errors; a long one is cut. */
  readonly definition: string;
  readonly spec: ActionSpec;
  readonly workbookName: string | null;
}

export interface WorkflowDefinition {
  readonly ref: WorkflowRef;
  readonly spec: WorkflowSpec;
}

/** Data of other executions that `tasks()` and `executions()` ask for; the engine loads it in the same transaction. */
export type DataKey =
  | {
      readonly kind: 'tasks';
      readonly workflowExecutionId: string | null;
      readonly recursive: boolean;
      readonly state: string | null;
      readonly flat: boolean;
    }
  | {
      readonly kind: 'executions';
      readonly id: string | null;
      readonly rootExecutionId: string | null;
      readonly state: string | null;
      readonly fromTime: string | null;
      readonly toTime: string | null;
    };

/**
 * What a decision may know besides the flow. Nothing here does anything: look-ups that are not loaded throw
 * NeedsData, whereupon the engine loads them and decides again.
 */
export interface FlowScope {
  /** Time of this decision, one microsecond later at each call. */
  readonly tick: () => Instant;
  readonly newId: () => string;
  readonly random: () => number;
  /** From a package, else a dynamic one in the namespace or in the default one. @throws NeedsData */
  readonly plainAction: (name: string, namespace: string) => PlainAction | undefined;
  /** @throws NeedsData */
  readonly adhocAction: (name: string, namespace: string) => AdhocAction | undefined;
  /** In the namespace, else in the default one. @throws NeedsData */
  readonly workflow: (name: string, namespace: string) => WorkflowDefinition | undefined;
  /** `params.env` of the root execution. @throws NeedsData */
  readonly rootEnv: (rootExecutionId: string) => JsonObject;
  /** Other executions decided in the same transaction, which the database does not show yet. */
  readonly liveFlows: () => Iterable<FlowReader>;
  /** @throws NeedsData */
  readonly data: (key: DataKey) => Json;
  readonly settings: FlowSettings;
  /** Absent where trees of executions have no bounds. */
  readonly tree?: TreeBounds;
  /** False when the transaction has used up its tasks or milliseconds; pure actions then wait for the next one. */
  readonly hasBudget: () => boolean;
  /** False when it has used up its milliseconds. */
  readonly hasTime: () => boolean;
  /** Absent where expressions may take what time they need. */
  readonly bounds?: EvaluationBounds;
}

/** How far a tree of sub-workflow executions may grow. */
export interface TreeBounds {
  /** Executions above the deepest one. */
  readonly maxDepth: number;
  /** Executions below one root. */
  readonly maxSize: number;
  /** Takes room for one more below a root; false when the tree is full. @throws NeedsData */
  readonly takeRoom: (rootExecutionId: string) => boolean;
}

export interface FlowSettings {
  /** -1: no limit. */
  readonly fieldSizeLimitKb: number;
  readonly mergeStrategy: 'replace' | 'merge';
  /** Base of callback links, e.g. `http://127.0.0.1:8989`. */
  readonly publicUrl: string;
  /** Publishers that every execution notifies, besides those of its own `params.notify`. */
  readonly notify?: readonly JsonObject[];
}
