import { dictEntries, dictGet, dictHas, isDict, PyDict, PyFloat } from '../../../shared/index.js';
import { Budget, DictView, pyStr, PySet, PyTuple, sizeOfDict, touch, weigh, type Value } from '../../values/index.js';
import type { EvaluationScope } from '../../scope.js';
import type { Arguments } from './arguments.js';

/** What the environment offers: filters and tests by name, as `map('upper')` and `select('odd')` find them. */
export interface Registry {
  readonly filter: (name: string) => ((subject: Value, args: Arguments, run: Run) => Value) | undefined;
  readonly test: (name: string) => ((args: Arguments, run: Run) => (subject: Value) => boolean) | undefined;
  /** `object.name` and `object[key]` with the rules of the sandbox, for text formats. */
  readonly attribute: (object: Value, name: string) => Value;
  readonly item: (object: Value, key: Value) => Value;
}

/** Thrown when a template changes a list or dict while it works on the engine's own data: evaluate again on a copy. */
export class NeedsCopy extends Error {}

/** One evaluation: the data, the budget, and the state that statements change. */
export class Run {
  readonly budget: Budget;
  /** Whether text from expressions is escaped; `{% autoescape %}` switches it. */
  autoescape = false;
  private whole: Value | undefined;
  private readonly copies: Map<string, Value> | null;

  /** @param isOwned  lists and dicts may be changed, because all data seen is copied first */
  constructor(
    readonly scope: EvaluationScope,
    readonly registry: Registry,
    readonly isOwned: boolean,
  ) {
    this.budget = new Budget(scope.limits, scope.bounds?.allowance);
    this.copies = isOwned ? new Map() : null;
  }

  /** Call it before changing a list or dict. @throws {NeedsCopy} */
  checkOwned(): void {
    if (!this.isOwned) throw new NeedsCopy();
  }

  /** The whole data context, `_`. */
  root(): Value {
    this.whole ??= this.scope.root !== undefined ? this.import(this.scope.root) : this.mergeLayers();
    return this.whole;
  }

  /** `_[name]`, without making the whole context; `undefined` when missing or when the context is no dict. */
  rootItem(name: string): Value | undefined {
    if (this.whole !== undefined || this.scope.root !== undefined) {
      const root = this.root();
      return isDict<Value>(root) ? dictGet<Value>(root, name) : undefined;
    }
    return this.layerItem(name);
  }

  /** Data from outside as this evaluation may use it. */
  import(value: Value): Value {
    return this.isOwned ? deepCopy(value) : value;
  }

  /** Charges for everything inside a value that is about to be walked through. @throws {BudgetExceeded} */
  weigh(value: Value | undefined): void {
    if (typeof value === 'object' || typeof value === 'bigint') weigh(value, this.budget);
  }

  /** Charges for handing a value to a function. @throws {BudgetExceeded} */
  touch(value: Value): void {
    if (typeof value !== 'number') touch(value, this.budget);
  }

  /** Charges for walking through a value without its being counted: dicts and views list their keys first. */
  touchAll(value: Value): void {
    this.touch(value);
    if (value instanceof DictView) this.budget.step(value.size >> 3);
    else if (isDict<Value>(value)) this.budget.step(sizeOfDict(value) >> 3);
  }

  /** A value as Jinja prints it: Python's `str()`. @throws {JinjaError} for an undefined value */
  show(value: Value | undefined): string {
    if (typeof value === 'string') return value;
    this.weigh(value);
    return pyStr(value);
  }

  private layerItem(name: string): Value | undefined {
    const copied = this.copies?.get(name);
    if (copied !== undefined) return copied;
    for (const layer of this.scope.layers) {
      const value = dictGet(layer, name);
      if (value === undefined) continue;
      if (!this.copies) return value;
      const copy = deepCopy(value);
      this.copies.set(name, copy);
      return copy;
    }
    return undefined;
  }

  private mergeLayers(): Value {
    const { layers } = this.scope;
    const only = layers.length === 1 ? layers[0] : undefined;
    if (only && !this.isOwned) return only;
    const merged = new PyDict<Value>();
    for (let i = layers.length - 1; i >= 0; i--) {
      for (const [key, value] of dictEntries(layers[i] ?? {})) {
        if (typeof key !== 'string') merged.set(key, this.import(value));
        else if (!this.isOverridden(key, i)) merged.set(key, this.layerItem(key) ?? null);
        else merged.set(key, null);
      }
    }
    return merged;
  }

  private isOverridden(key: string, below: number): boolean {
    return this.scope.layers.slice(0, below).some((layer) => dictHas(layer, key));
  }
}

/** A copy that shares no list or dict; dicts become {@link PyDict}s, which take any key in any order. */
function deepCopy(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map(deepCopy);
  if (value instanceof PyTuple) return new PyTuple(value.items.map(deepCopy));
  if (value instanceof PySet) return new PySet(value);
  if (!isDict<Value>(value)) return value;
  const copy = new PyDict<Value>();
  for (const [key, item] of dictEntries<Value>(value)) copy.set(key, deepCopy(item));
  return copy;
}
