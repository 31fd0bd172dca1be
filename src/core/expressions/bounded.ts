import type { Json } from '../shared/index.js';
import { Overdrawn } from './allowance.js';
import { NeedsData } from './needs-data.js';
import type { EvaluationBounds, EvaluationScope } from './scope.js';

/** An evaluation that is too much for the thread that decides. */
export interface WantedEvaluation {
  readonly text: string;
  readonly scope: EvaluationScope;
}

/** Thrown where a decision can't go on before these have been computed elsewhere; the engine decides again then. */
export class NeedsEvaluation extends NeedsData {
  constructor(readonly wanted: readonly WantedEvaluation[]) {
    super(`the values of ${String(wanted.length)} expressions`);
  }
}

/** Longest text that is compiled where decisions are taken, in characters. */
const LONGEST_TEXT = 10_000;

/**
 * Evaluates within the bounds of a decision, or recalls what was computed elsewhere.
 * @throws NeedsEvaluation when it is too much; EvaluationError
 */
export function evaluateBounded(
  text: string,
  scope: EvaluationScope,
  { allowance, recall, isHeavy }: EvaluationBounds,
  evaluation: () => Json,
): Json {
  const known = recall(text, scope);
  if (known?.kind === 'error') throw known.error;
  if (known !== undefined) return known.value;
  if (text.length > LONGEST_TEXT || isHeavy(text)) throw new NeedsEvaluation([{ text, scope }]);
  try {
    return allowance.within(evaluation);
  } catch (error) {
    if (!(error instanceof Overdrawn)) throw error;
    throw new NeedsEvaluation([{ text, scope }]);
  }
}

/**
 * As `items.map(evaluation)`, except that all evaluations wanted elsewhere are asked for together.
 * @param goesOn  asked after each item: whether there is time for another
 * @returns the results of the first items, all of them while there was time
 * @throws NeedsEvaluation; otherwise the first error, in order
 */
export function mapWanting<T, R>(
  items: readonly T[],
  evaluation: (item: T) => R,
  goesOn: () => boolean = () => true,
): R[] {
  const wanted: WantedEvaluation[] = [];
  const results: R[] = [];
  for (const item of items) {
    if (results.length + wanted.length > 0 && !goesOn()) break;
    try {
      results.push(evaluation(item));
    } catch (error) {
      if (error instanceof NeedsEvaluation) wanted.push(...error.wanted);
      else if (wanted.length === 0) throw error;
      else break;
    }
  }
  if (wanted.length > 0) throw new NeedsEvaluation(wanted);
  return results;
}
