import { EvaluationError } from '../../errors.js';
import type { Value } from '../../values/index.js';
import { yaqlExcerpt } from '../values/text.js';

/** A call for which no function fits, or more than one. */
export class ResolutionError extends EvaluationError {
  override readonly code = 'YAQL_RESOLUTION';

  constructor(
    readonly reason: 'unknown' | 'mismatch' | 'ambiguous',
    message: string,
  ) {
    super(message);
  }
}

/** Who is called, for messages; `receiver` is undefined for functions. */
export interface Callee {
  readonly name: string;
  readonly receiver?: Value;
}

export function unknownFunction({ name, receiver }: Callee): ResolutionError {
  const message =
    receiver === undefined ? `Unknown function "${name}"` : `Unknown method "${name}" for receiver ${shown(receiver)}`;
  return new ResolutionError('unknown', message);
}

export function noMatch({ name, receiver }: Callee): ResolutionError {
  const message =
    receiver === undefined
      ? `No function "${name}" matches supplied arguments`
      : `No method "${name}" for receiver ${shown(receiver)} matches supplied arguments`;
  return new ResolutionError('mismatch', message);
}

export function ambiguous({ name, receiver }: Callee): ResolutionError {
  const message =
    receiver === undefined
      ? `Ambiguous function "${name}"`
      : `Ambiguous method "${name}" for receiver ${shown(receiver)}`;
  return new ResolutionError('ambiguous', message);
}

const SHOWN = 1000;

/** Errors may end in `state_info`; a huge receiver adds nothing there. */
function shown(receiver: Value): string {
  const text = yaqlExcerpt(receiver, SHOWN);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
