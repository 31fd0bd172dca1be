import type { DataFunctions, EvaluationScope } from '../../core/expressions/index.js';

/** Functions whose answers are data of this or other executions, each with at most one argument. */
export const ASKED_FUNCTIONS = ['env', 'execution', 'executions', 'global', 'task', 'tasks'] as const;
export type AskedFunction = (typeof ASKED_FUNCTIONS)[number];

/** An evaluation for a thread. Data is not sent along: the thread asks for what the expression reads. */
export interface EvaluationJob {
  readonly text: string;
  /** Keys of each layer of the context; null for one that is asked for as a whole. */
  readonly layers: readonly (readonly string[] | null)[];
  readonly hasRoot: boolean;
  readonly functions: readonly AskedFunction[];
  readonly options: Pick<EvaluationScope, 'limits' | 'asOriginal'>;
  /** Of the random numbers and UUIDs. */
  readonly seed: string;
  /** Microseconds since 1970. */
  readonly now: number;
}

export type Question =
  | { readonly kind: 'value'; readonly layer: number; readonly key: string }
  | { readonly kind: 'layer'; readonly layer: number }
  | { readonly kind: 'root' }
  | { readonly kind: 'call'; readonly name: AskedFunction; readonly argument: Parameters<CalledWith>[0] };

type CalledWith = NonNullable<DataFunctions['task'] | DataFunctions['tasks'] | DataFunctions['executions']>;

/** `text` is JSON in the style that loses nothing; `needs-data` ends the evaluation until that is loaded. */
export type Reply =
  | { readonly kind: 'data'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'needs-data' };

/** How a thread ended an evaluation; `ms` is what it took. */
export type EvaluationAnswer = { readonly ms: number } & (
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'needs-data' }
);
