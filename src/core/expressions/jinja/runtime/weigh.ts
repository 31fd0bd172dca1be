import { dictEntries, isDict } from '../../../shared/index.js';
import { EvaluationError } from '../../errors.js';
import { DictView, PySet, PyTuple, type Budget, type Value } from '../../values/index.js';
import { Namespace } from './namespace.js';

const MAX_DEPTH = 500;
/** Python refuses to show ints of more digits than this. */
const LONGEST_INT = 10n ** 4300n;

/**
 * Charges for everything inside a value. Call it before a walk through all of it (showing, comparing, storing): lists
 * that hold a list many times over are small in memory, but endless to walk.
 * @throws {BudgetExceeded} also EvaluationError where values are nested too deeply, in themselves for instance
 */
export function weigh(value: Value, budget: Budget, depth = 0): void {
  if (typeof value === 'string') budget.output(value.length);
  else if (typeof value === 'bigint') checkDigits(value);
  else if (typeof value === 'object' && value !== null) weighObject(value, budget, depth);
}

/** Charges for both when comparing them may have to walk through them. */
export function weighBoth(a: Value, b: Value, run: { readonly budget: Budget }): void {
  if (!isContainer(a) || !isContainer(b) || a === b) return;
  weigh(a, run.budget);
  weigh(b, run.budget);
}

function isContainer(value: Value): boolean {
  return Array.isArray(value) || value instanceof PyTuple || isDict<Value>(value);
}

function weighObject(value: Value, budget: Budget, depth: number): void {
  if (depth > MAX_DEPTH) throw new EvaluationError('maximum recursion depth exceeded');
  const items = itemsInside(value);
  budget.output(items.length + 1);
  for (const item of items) weigh(item, budget, depth + 1);
}

function itemsInside(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  if (value instanceof PyTuple) return value.items;
  if (isDict<Value>(value)) return dictEntries<Value>(value).flat();
  if (value instanceof PySet || value instanceof DictView) return [...value];
  return value instanceof Namespace ? [value.values] : [];
}

function checkDigits(value: bigint): void {
  if (value >= LONGEST_INT || value <= -LONGEST_INT) {
    throw new EvaluationError('Exceeds the limit (4300 digits) for integer string conversion');
  }
}
