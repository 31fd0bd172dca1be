import type { ActionOutcome } from '../engine/index.js';
import type { ActionResult } from './result.js';

/** What the engine is told of a result; `pending` when someone outside will send it. */
export function outcomeOf(result: ActionResult): ActionOutcome | 'pending' {
  switch (result.kind) {
    case 'success':
      return { state: 'SUCCESS', result: result.data };
    case 'error':
      return { state: 'ERROR', result: result.data, ...(result.isTimeout === true && { isTimeout: true }) };
    case 'pending':
      return 'pending';
  }
}
