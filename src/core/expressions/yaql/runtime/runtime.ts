import type { DataFunctions, EvaluationLimits, EvaluationScope } from '../../scope.js';
import { Budget } from '../../values/index.js';
import type { Declaration } from './declaration.js';

/** Finds the overloads of a name among the functions, or among the methods. */
export type Registry = (name: string, isMethod: boolean) => readonly Declaration[];

/** What all frames of one evaluation share. */
export class Runtime {
  readonly budget: Budget;
  readonly functions: DataFunctions;
  /** Items a collection may have, -1 for any number. */
  readonly limitIterators: number;
  /** How many functions the expression itself has defined with `def`; while it is 0, no name needs to be searched. */
  definitions = 0;
  depth = 0;

  constructor(
    scope: EvaluationScope,
    readonly registry: Registry,
  ) {
    const limits: EvaluationLimits = scope.limits ?? {};
    this.budget = new Budget(limits);
    this.functions = scope.functions;
    this.limitIterators = limits.limitIterators ?? -1;
  }
}
