import { truthy } from '../expressions/index.js';
import type { RetrySpec } from '../language/index.js';
import type { Json } from '../shared/index.js';
import { evaluateData, guardScope, inputScope } from './evaluation.js';
import { numberWithin, wholeNumber } from './policy-values.js';
import type { TaskRow } from './rows.js';
import type { Work } from './work.js';

const POLICY_CLASS = 'RetryPolicy';
/** Whatever the factors say: a year. */
const LONGEST_DELAY_SECONDS = 31_536_000;

/** The numbers of a retry policy, evaluated. */
export interface RetryNumbers {
  readonly count: number;
  readonly delaySeconds: number;
  readonly multiplier: number;
  readonly maxDelaySeconds: number;
  /** Share of a delay of which a random part is left out. */
  readonly jitter: number;
}

/** @throws StateError for a number of a wrong type or out of bounds */
export function retryNumbers(work: Work, task: TaskRow, retry: RetrySpec): RetryNumbers {
  const scope = inputScope(work.draft, work.scope, task);
  const valueOf = (written: Json | undefined, fallback: number): Json =>
    written === undefined ? fallback : evaluateData(written, scope);
  return {
    count: wholeNumber(valueOf(retry.count, 0), POLICY_CLASS),
    delaySeconds: wholeNumber(valueOf(retry.delay, 0), POLICY_CLASS),
    multiplier: numberWithin(valueOf(retry.multiplier, 1), POLICY_CLASS, 1, Infinity),
    maxDelaySeconds: wholeNumber(valueOf(retry.maxDelay, LONGEST_DELAY_SECONDS), POLICY_CLASS),
    jitter: numberWithin(valueOf(retry.jitter, 0), POLICY_CLASS, 0, 1),
  };
}

/**
 * Seconds to wait before a retry, to the millisecond.
 * @param retries  how many there have been
 * @param random  from 0 to 1
 */
export function retryDelay(numbers: RetryNumbers, retries: number, random: () => number): number {
  const { delaySeconds, multiplier, maxDelaySeconds, jitter } = numbers;
  if (multiplier === 1 && jitter === 0) return Math.min(delaySeconds, maxDelaySeconds);
  const full = Math.min(delaySeconds * multiplier ** retries, maxDelaySeconds, LONGEST_DELAY_SECONDS);
  return Math.round(full * (1 - jitter * random()) * 1000) / 1000;
}

/** break-on and continue-on, both evaluated at every completion; they see what the attempt published. */
export function retryConditions(
  work: Work,
  task: TaskRow,
  retry: RetrySpec,
): { readonly goesOn: boolean; readonly breaks: boolean } {
  const scope = guardScope(work.draft, work.scope, task);
  const goesOn = retry.continueOn !== undefined && truthy(evaluateData(retry.continueOn, scope));
  const breaks = retry.breakOn !== undefined && truthy(evaluateData(retry.breakOn, scope));
  return { goesOn, breaks };
}
