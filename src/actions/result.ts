import type { ActionDefinition, ActionOutcome } from '@tramontane/plugin-sdk';
import type { Json } from '../core/shared/index.js';
import { toJson } from './json-data.js';

/** How an action ended, with data that can be stored; `pending` means that the result will come from outside. */
export type ActionResult =
  | { readonly kind: 'success'; readonly data: Json }
  /** `isTimeout`: it was not its own error, its time was over. */
  | { readonly kind: 'error'; readonly data: Json; readonly isTimeout?: true }
  | { readonly kind: 'pending' };

/**
 * The outcome that an action gave as a result. An asynchronous action that worked is pending whatever it returned.
 * @throws {TypeError} when its data is none, or when a synchronous action answers that it is pending
 */
export function toResult(action: ActionDefinition, outcome: ActionOutcome): ActionResult {
  switch (outcome.kind) {
    case 'error':
      return { kind: 'error', data: toJson(outcome.data) };
    case 'success':
      return action.isAsync ? { kind: 'pending' } : { kind: 'success', data: toJson(outcome.data) };
    case 'pending':
      if (!action.isAsync)
        throw new TypeError(`${action.name} returned pending() but is not declared with isAsync: true`);
      return outcome;
  }
}
