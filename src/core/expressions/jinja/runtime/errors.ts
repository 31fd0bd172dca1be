import { EvaluationError, PyError } from '../../errors.js';

/** The exceptions that Jinja itself adds to Python's. */
export type JinjaErrorKind = 'FilterArgumentError' | 'SecurityError' | 'TemplateRuntimeError' | 'UndefinedError';

/** A failure that Jinja reports, such as the use of an undefined value. */
export class JinjaError extends EvaluationError {
  constructor(
    readonly kind: JinjaErrorKind,
    message: string,
  ) {
    super(message);
  }
}

export function typeError(message: string): PyError {
  return new PyError('TypeError', message);
}

export function valueError(message: string): PyError {
  return new PyError('ValueError', message);
}
