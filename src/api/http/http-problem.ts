import { MistralError } from '../../core/shared/index.js';

/** A refusal that is about HTTP itself: an unknown route, method or media type. */
export class HttpProblem extends MistralError {
  readonly code = 'HTTP';

  constructor(
    readonly status: number,
    message: string,
    /** Header lines of the answer, e.g. `{ allow: 'GET, POST' }`. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
