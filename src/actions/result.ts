import type { ActionDefinition, ActionOutcome, Waiting } from '@tramontane/plugin-sdk';
import type { Json } from '../core/shared/index.js';
import { toJson } from './json-data.js';

/** How an action ended, with data that can be stored; `pending` means that the result will come from outside. */
export type ActionResult =
  | { readonly kind: 'success'; readonly data: Json }
  /** `isTimeout`: it was not its own error, its time was over. */
  | { readonly kind: 'error'; readonly data: Json; readonly isTimeout?: true }
  | { readonly kind: 'pending' };

/** The answer of a pure action that only waits: its result, when the time is over. */
export interface WaitingResult {
  readonly kind: 'waiting';
  readonly seconds: number;
  readonly result: Exclude<ActionResult, { readonly kind: 'pending' }>;
}

/**
 * What a pure action answered. No time to wait means that it has ended.
 * @throws {TypeError} as {@link toResult}; when an asynchronous action answers that it waits
 */
export function toPureResult(action: ActionDefinition, answer: ActionOutcome | Waiting): ActionResult | WaitingResult {
  if (answer.kind !== 'waiting') return toResult(action, answer);
  const { seconds, outcome } = answer;
  const result = toResult(action, outcome);
  if (result.kind === 'pending')
    throw new TypeError(`${action.name} returned after() but is declared with isAsync: true`);
  if (!(seconds >= 0)) throw new TypeError(`${action.name} returned after(${seconds}): expected seconds from 0`);
  return seconds === 0 ? result : { kind: 'waiting', seconds, result };
}

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
