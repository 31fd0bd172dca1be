/**
 * How an action ended.
 * `error.data` is a text for people or any JSON value for `task().result`; `pending` means that the result will be sent
 * later by `PUT /v2/action_executions/<id>`.
 */
export type ActionOutcome =
  | { readonly kind: 'success'; readonly data: unknown }
  | { readonly kind: 'error'; readonly data: unknown }
  | { readonly kind: 'pending' };

/** The answer of an action that does nothing but wait; only `runPure` may give it. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly seconds: number;
  /** `pending` makes no sense here and is refused. */
  readonly outcome: ActionOutcome;
}

/** The action worked; `data` (JSON, null when absent) becomes `task().result`. */
export function success(data: unknown = null): ActionOutcome {
  return { kind: 'success', data };
}

/** The action failed in an expected way; `data` is a message or any JSON value that describes the failure. */
export function failure(data: unknown): ActionOutcome {
  return { kind: 'error', data };
}

/** The action was started and someone else will report its result; only for actions declared with `isAsync: true`. */
export function pending(): ActionOutcome {
  return { kind: 'pending' };
}

/**
 * The action waits for so many seconds and ends with `outcome` then: an answer of `runPure`. The service sets a timer, which
 * survives restarts, and nobody is busy meanwhile.
 */
export function after(seconds: number, outcome: ActionOutcome): Waiting {
  return { kind: 'waiting', seconds, outcome };
}
