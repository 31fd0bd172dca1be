import { dictEntries, isDict, PyDict, PyObject } from '../../shared/index.js';
import { EvaluationError } from '../errors.js';
import type { Budget } from './budget.js';
import { DictView } from './dict-view.js';
import { intCost } from './numbers.js';
import { PySet } from './py-set.js';
import { PyTuple } from './py-tuple.js';
import type { Value } from './types.js';

/** How deep values may be nested where all of them is walked through. */
export const MAX_NESTING = 500;

/** A value object that shows other values when it is shown. */
export interface Composite {
  readonly innerValues: readonly Value[];
}

/** Python refuses to show ints of more digits than this. */
const LONGEST_INT = 10n ** 4300n;

/**
 * Charges for everything inside a value. Call it before a walk through all of it (showing, comparing, storing): lists
 * that hold a list many times over are small in memory, but endless to walk.
 * @param unit  what each item costs
 * @throws {BudgetExceeded} also EvaluationError where values are nested too deeply, in themselves for instance
 */
export function weigh(value: Value, budget: Budget, unit = 1, depth = 0): void {
  if (typeof value === 'string') budget.output(value.length);
  else if (typeof value === 'bigint') checkDigits(value);
  else if (typeof value === 'object' && value !== null) weighObject(value, budget, unit, depth);
}

/** Charges for handing a value to a function: long texts and long ints cost by their length. */
export function touch(value: unknown, budget: Budget): void {
  if (typeof value === 'string') {
    if (value.length >= 64) budget.step(value.length >> 6);
  } else if (typeof value === 'bigint') budget.step(intCost(value));
  else if (value instanceof PyObject && isComposite(value)) for (const inner of value.innerValues) touch(inner, budget);
}

/** Charges for both when comparing them may have to walk through them. */
export function weighBoth(a: Value, b: Value, { budget }: { readonly budget: Budget }): void {
  if (a === b) return;
  if (typeof a === 'string') {
    if (typeof b === 'string' && a.length === b.length) budget.step(a.length >> 6);
  } else if (isContainer(a) && isContainer(b)) {
    weigh(a, budget);
    weigh(b, budget);
  }
}

function isContainer(value: Value): boolean {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || isDict(value) || isSized(value));
}

function isSized(value: object): boolean {
  return value instanceof PyTuple || value instanceof PySet || value instanceof DictView;
}

function weighObject(value: object, budget: Budget, unit: number, depth: number): void {
  if (depth > MAX_NESTING) throw new EvaluationError('maximum recursion depth exceeded');
  if (Array.isArray(value)) weighItems(value as readonly Value[], budget, unit, depth);
  else if (value instanceof PyObject) weighItems(itemsInside(value), budget, unit, depth);
  else weighPlain(value as Readonly<Record<string, Value>>, budget, unit, depth);
}

function weighItems(items: readonly Value[], budget: Budget, unit: number, depth: number): void {
  budget.output((items.length + 1) * unit);
  for (const item of items) if (typeof item !== 'number') weigh(item, budget, unit, depth + 1);
}

function weighPlain(value: Readonly<Record<string, Value>>, budget: Budget, unit: number, depth: number): void {
  for (const key in value) {
    budget.output((key.length + 1) * unit);
    weigh(value[key] ?? null, budget, unit, depth + 1);
  }
}

function itemsInside(value: PyObject): readonly Value[] {
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PyDict) return dictEntries<Value>(value as PyDict<Value>).flat();
  if (value instanceof PySet || value instanceof DictView) return [...value];
  return isComposite(value) ? value.innerValues : [];
}

function isComposite(value: PyObject): value is PyObject & Composite {
  return 'innerValues' in value;
}

function checkDigits(value: bigint): void {
  if (value >= LONGEST_INT || value <= -LONGEST_INT) {
    throw new EvaluationError('Exceeds the limit (4300 digits) for integer string conversion');
  }
}
