/** Base of every error with a meaning: a stable `code`, an HTTP `status`, and a message that says where, what, and what would be right. */
export abstract class MistralError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The caller sent something that can't be read or is not allowed here. */
export class InputError extends MistralError {
  readonly code: string = 'INPUT_INVALID';
  readonly status: number = 400;
}

/** What the caller named does not exist, or is not visible to them. */
export class NotFoundError extends MistralError {
  readonly code: string = 'NOT_FOUND';
  readonly status: number = 404;
}

/** The caller may not do this. */
export class ForbiddenError extends MistralError {
  readonly code: string = 'FORBIDDEN';
  readonly status: number = 403;
}

/** It exists already, or somebody else changed it meanwhile. */
export class ConflictError extends MistralError {
  readonly code: string = 'CONFLICT';
  readonly status: number = 409;
}

/** The thing is in a state where this can't be done. */
export class StateError extends MistralError {
  readonly code: string = 'STATE_INVALID';
  readonly status: number = 400;
}

/** A value that Python can't use as a key: a list, a dict, a set. */
export class UnhashableError extends MistralError {
  readonly code: string = 'UNHASHABLE';
  readonly status: number = 400;

  constructor(typeName: string) {
    super(`unhashable type: '${typeName}'`);
  }
}
