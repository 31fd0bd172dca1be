import type { Json, JsonObject, PyDict } from '../shared/index.js';
import type { Allowance } from './allowance.js';
import type { EvaluationError } from './errors.js';

/** Variables by name; the first layer that has a name wins, so nothing is merged until an expression asks for the whole. */
export type ContextLayers = readonly (JsonObject | PyDict)[];

/**
 * Functions whose answers come from outside the data context. Each may throw {@link NeedsData}, which passes through
 * evaluation unwrapped. Absent members make the function fail with an evaluation error.
 */
export interface DataFunctions {
  readonly execution?: () => Json;
  readonly executions?: (query: ExecutionsQuery) => Json;
  readonly task?: (name: string | null) => Json;
  readonly tasks?: (query: TasksQuery) => Json;
  /** `env()`; without it, `__env` of the context. */
  readonly env?: () => Json;
  readonly global?: (name: string) => Json;
  /** A random UUID as text. */
  readonly uuid: () => string;
  /** Microseconds since 1970, for `now()`. */
  readonly now: () => number;
  /** In [0, 1), for `random()` and Jinja's `random`. */
  readonly random: () => number;
}

export interface ExecutionsQuery {
  readonly id: string | null;
  readonly rootExecutionId: string | null;
  readonly state: string | null;
  readonly fromTime: string | null;
  readonly toTime: string | null;
}

export interface TasksQuery {
  readonly workflowExecutionId: string | null;
  readonly recursive: boolean;
  readonly state: string | null;
  readonly flat: boolean;
}

export interface EvaluationScope {
  readonly layers: ContextLayers;
  /** When present (null included), `$` and `_` are this value, of any type, and `layers` are not looked at. */
  readonly root?: Json;
  readonly functions: DataFunctions;
  readonly limits?: EvaluationLimits;
  /** Present where a decision waits for the value: what is too much for it is computed elsewhere. */
  readonly bounds?: EvaluationBounds;
  /**
   * Answers as the original does, to the letter. Without it three things that fail there work as anyone would expect:
   * Jinja filters of Mistral's functions take what is piped into them as their argument; in YAQL what these functions
   * answer equals the same data of the context and may be a key; sets that can't hold their items become lists.
   */
  readonly asOriginal?: true;
}

/** Budgets per evaluation; what is over them is an evaluation error, never a hang. */
export interface EvaluationLimits {
  /** Elementary steps, default 5,000,000. */
  readonly maxSteps?: number;
  /** Characters of text and items of collections one evaluation may produce, default 20,000,000. */
  readonly maxOutput?: number;
  /** Items an iterator may yield; -1 (default) means no limit but the steps. */
  readonly limitIterators?: number;
}

/** How an evaluation ended that was computed elsewhere. */
export type Evaluated =
  { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'error'; readonly error: EvaluationError };

/** What one decision may evaluate by itself, and what has been computed elsewhere for it. */
export interface EvaluationBounds {
  readonly allowance: Allowance;
  /** The outcome of a text on the data of this scope, when that is known. @throws NeedsData */
  readonly recall: (text: string, scope: EvaluationScope) => Evaluated | undefined;
  /** Whether a text has turned out to be too much before. */
  readonly isHeavy: (text: string) => boolean;
}
