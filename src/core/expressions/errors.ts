import { MistralError } from '../shared/index.js';

/** An expression that can't be evaluated on this data. */
export class EvaluationError extends MistralError {
  readonly code: string = 'EXPRESSION_FAILED';
  readonly status: number = 400;
}

/** Text that is not an expression of its language; `position` counts code units from 0 where it is known. */
export class GrammarError extends MistralError {
  readonly code: string = 'EXPRESSION_INVALID';
  readonly status: number = 400;

  constructor(
    message: string,
    readonly position?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An evaluation that took more steps, or made more text and items, than it may. */
export class BudgetExceeded extends EvaluationError {
  override readonly code: string = 'EXPRESSION_BUDGET';
}

/** The exceptions of Python that evaluation can end in. */
export type PyErrorKind =
  | 'ArithmeticError'
  | 'AttributeError'
  | 'IndexError'
  | 'KeyError'
  | 'LookupError'
  | 'OverflowError'
  | 'TypeError'
  | 'ValueError'
  | 'ZeroDivisionError'
  | 're.error';

/** An evaluation error that the original raises as one of Python's own exceptions. */
export class PyError extends EvaluationError {
  constructor(
    readonly kind: PyErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
