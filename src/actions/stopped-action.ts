import type { ActionDefinition } from '@tramontane/plugin-sdk';
import type { ActionOutcome } from '../engine/index.js';
import type { Unwanted } from '../store/index.js';
import { raisedText } from './error-texts.js';

const TEXTS: Readonly<Record<Unwanted, string>> = {
  cancelled: 'The action was cancelled: nobody waits for it any more.',
  'timed-out': 'The task of the action has timed out.',
};

/** Reason of the abort of an action for which nobody waits any more; unlike other aborts it is an outcome. */
export class ActionStopped extends Error {
  override readonly name = 'ActionStopped';

  constructor(readonly why: Unwanted) {
    super(TEXTS[why]);
  }
}

/** How an action ends that was stopped, or not even started: as if it had been cancelled itself, or had timed out itself. */
export function stoppedOutcome(
  why: Unwanted,
  action: ActionDefinition | undefined,
  run: { readonly id: string; readonly timeoutSeconds: number | null },
): ActionOutcome {
  if (why === 'cancelled' || action === undefined) return { state: 'CANCELLED', result: null };
  return { state: 'ERROR', result: timeoutText(action, run.id, run.timeoutSeconds ?? 0) };
}

/** The error of an action whose time is over. */
export function timeoutText(action: ActionDefinition, actionExecutionId: string, seconds: number): string {
  return raisedText(action, actionExecutionId, new Error(`Timeout after ${seconds} seconds`));
}
