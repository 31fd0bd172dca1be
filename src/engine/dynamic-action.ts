import type { PlainAction } from '../core/flow/index.js';

/**
 * A dynamic action as decisions see it. What its code wants is only known when it runs, so any input will do; and since
 * its code can reach nothing, running it twice does no harm.
 */
export function dynamicAction(name: string): PlainAction {
  return { name, isAsync: false, isSafeToRerun: true, inputError: () => undefined, buildError: () => undefined };
}
