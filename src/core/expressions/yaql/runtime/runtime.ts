import type { DataFunctions, EvaluationScope } from '../../scope.js';
import type { Budget } from '../../values/index.js';
import type { Declaration } from './declaration.js';

/** Finds the overloads of a name among the functions, or among the methods. */
export type Registry = (name: string, isMethod: boolean) => readonly Declaration[];

/** What all frames of one evaluation share. */
export class Runtime {
  readonly functions: DataFunctions;
  /** Items a collection may have, -1 for any number. */
  readonly limitIterators: number;
  /** How many functions the expression itself has defined with `def`; while it is 0, no name needs to be searched. */
  definitions = 0;
  depth = 0;

  constructor(
    scope: EvaluationScope,
    readonly registry: Registry,
    readonly budget: Budget,
  ) {
    this.functions = scope.functions;
    this.limitIterators = scope.limits?.limitIterators ?? -1;
  }
}
