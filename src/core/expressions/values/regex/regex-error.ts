import { PyError } from '../../errors.js';

/** A pattern or replacement that is not valid; `position` counts code points from 0. */
export class RegexError extends PyError {
  constructor(
    what: string,
    readonly position?: number,
  ) {
    super('re.error', position === undefined ? what : `${what} at position ${position}`);
  }
}
