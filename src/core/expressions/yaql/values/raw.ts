import { dictEntries, isDict, isMutable, markMutable, toDict } from '../../../shared/index.js';
import type { Budget, Value } from '../../values/index.js';
import type { Runtime } from '../runtime/frame.js';

type Copies = WeakMap<object, Value>;

/** How copies are made: marked, remembered, paid for. */
interface Copying {
  readonly copies: Copies;
  readonly mark: <T extends object>(copy: T) => T;
  readonly budget: Budget;
}

const answers = new WeakSet();
const mutableCopies: Copies = new WeakMap();
const plainCopies: Copies = new WeakMap();

/**
 * Data that reaches YAQL without its input conversion, as the answers of Mistral's functions do. In the original its
 * lists and dicts are mutable: never equal to data of the context, and no keys. Ours only look so when they are shown.
 * The copy is made once for each piece of data.
 */
export function rawCopy(value: Value, runtime: Runtime): Value {
  const { budget } = runtime;
  return runtime.asOriginal
    ? copyOf(value, { copies: mutableCopies, mark: markMutable, budget })
    : copyOf(value, { copies: plainCopies, mark: markAnswer, budget });
}

/** Whether a list or dict is shown as Python shows mutable ones: `[1]`, where frozen ones are `(1,)`. */
export function looksMutable(value: object): boolean {
  return isMutable(value) || answers.has(value);
}

function markAnswer<T extends object>(copy: T): T {
  answers.add(copy);
  return copy;
}

function copyOf(value: Value, copying: Copying): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value) && !isDict<Value>(value)) return value;
  const { copies, mark, budget } = copying;
  const known = copies.get(value);
  if (known !== undefined) return known;
  budget.step(2);
  const copyItem = (item: Value): Value => copyOf(item, copying);
  const copy = Array.isArray(value)
    ? mark((value as readonly Value[]).map(copyItem))
    : mark(toDict<Value>(dictEntries<Value>(value as never).map(([key, item]) => [key, copyItem(item)] as const)));
  copies.set(value, copy);
  return copy;
}
