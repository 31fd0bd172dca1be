import {
  type ActionContext,
  type ActionDefinition,
  type ExecutionInfo,
  fillDefaults,
  type SecurityInfo,
} from '@tramontane/plugin-sdk';
import type { Logger } from '../config/index.js';
import { type Dict, parseJson, stringifyJson } from '../core/shared/index.js';
import { actionLogger } from './action-logger.js';
import { raisedText } from './error-texts.js';
import { plainObject, shallowObject } from './plain-values.js';
import { type ActionResult, toResult } from './result.js';

/** Longest delay that a timer of Node takes; an action with a longer timeout never times out. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One run of an action: whose it is and what it may use. */
export interface ActionRun {
  readonly input: Dict;
  readonly execution: ExecutionInfo;
  readonly security?: SecurityInfo;
  /** The same for each attempt; usually the action execution's id. */
  readonly idempotencyKey: string;
  /** Absent or 0: no limit. */
  readonly timeoutSeconds?: number;
  /** Aborted when the workflow is cancelled or the service stops. */
  readonly signal?: AbortSignal;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Runs an action. All that goes wrong inside is an error result; an action that doesn't obey its timeout is left behind.
 * @throws the reason of `run.signal` when that is aborted before the action ends
 */
export async function runAction(action: ActionDefinition, run: ActionRun): Promise<ActionResult> {
  run.signal?.throwIfAborted();
  const stop = new AbortController();
  const timeoutMs = (run.timeoutSeconds ?? 0) * 1000;
  const isLimited = timeoutMs > 0 && timeoutMs <= LONGEST_TIMER_MS;
  const timer = isLimited
    ? setTimeout(() => stop.abort(new Error(`Timeout after ${run.timeoutSeconds ?? 0} seconds`)), timeoutMs)
    : undefined;
  const onAbort = () => stop.abort(run.signal?.reason);
  run.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const context = contextOf(run, stop.signal, isLimited ? run.now() + timeoutMs : undefined);
    return await Promise.race([aborted(stop.signal), settle(action, run, context)]);
  } catch (error) {
    if (run.signal?.aborted === true) throw error;
    const isTimeout = stop.signal.aborted;
    const data = raisedText(action, run.execution.actionExecutionId, isTimeout ? stop.signal.reason : error);
    return { kind: 'error', data, ...(isTimeout && { isTimeout }) };
  } finally {
    clearTimeout(timer);
    run.signal?.removeEventListener('abort', onAbort);
  }
}

async function settle(action: ActionDefinition, run: ActionRun, context: ActionContext): Promise<ActionResult> {
  const given = action.keepsExactValues === true ? shallowObject(run.input) : plainObject(run.input);
  return toResult(action, await action.run({ ...context, input: fillDefaults(action, given) }));
}

function contextOf(run: ActionRun, signal: AbortSignal, deadlineAt: number | undefined): ActionContext {
  const { logger, idempotencyKey, execution, security = {} } = run;
  return {
    signal,
    deadlineAt,
    logger: actionLogger(logger),
    idempotencyKey,
    execution,
    security,
    json: { parse: parseJson, stringify: stringifyJson },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
