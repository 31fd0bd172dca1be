import type { Engine } from '../engine/index.js';
import { InputError } from '../core/shared/index.js';
import type { Parameters } from './http/index.js';

const MAX_SECONDS = 300;
/** An end that another node decides is seen so late. */
const LOOK_AGAIN_MS = 500;

/**
 * Seconds that a request is willing to wait, undefined for none.
 * @throws {InputError} unless `wait` is from 0 to 300
 */
export function waitSecondsOf(parameters: Parameters): number | undefined {
  if (parameters.text('wait') === undefined) return undefined;
  const seconds = parameters.integer('wait', 0);
  if (seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
  throw new InputError(`The time to wait must be from 0 to ${MAX_SECONDS} seconds: wait=${seconds}`);
}

/** Resolves when an execution has ended, on whichever node, or after so many seconds. */
export async function waitForEnd(engine: Engine, id: string, seconds: number): Promise<void> {
  const until = performance.now() + seconds * 1000;
  for (let left = seconds * 1000; left > 0; left = until - performance.now()) {
    if (await engine.waitForEnd(id, Math.min(left, LOOK_AGAIN_MS))) return;
  }
}
