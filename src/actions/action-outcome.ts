import type { ActionOutcome, Wait } from '../engine/index.js';
import type { ActionResult, WaitingResult } from './result.js';

/** What the engine is told of the answer of a pure action. */
export function answerOf(answer: ActionResult | WaitingResult): ActionOutcome | Wait | 'pending' {
  if (answer.kind !== 'waiting') return outcomeOf(answer);
  return { waitSeconds: answer.seconds, outcome: endOf(answer.result) };
}

/** What the engine is told of a result; `pending` when someone outside will send it. */
export function outcomeOf(result: ActionResult): ActionOutcome | 'pending' {
  return result.kind === 'pending' ? 'pending' : endOf(result);
}

function endOf(result: WaitingResult['result']): ActionOutcome {
  if (result.kind === 'success') return { state: 'SUCCESS', result: result.data };
  return { state: 'ERROR', result: result.data, ...(result.isTimeout === true && { isTimeout: true }) };
}
