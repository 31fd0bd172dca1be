import { checkHashable } from './hashing.js';
import { dictHas, isDict, PyFloat, type PyObject } from '../../../shared/index.js';
import {
  add as addNumbers,
  compare,
  DictView,
  equals as sameValue,
  floorDivide,
  intCost,
  modulo,
  multiply as multiplyNumbers,
  negate as negateNumber,
  PySet,
  power,
  PyTuple,
  subtract as subtractNumbers,
  trueDivide,
  typeName,
  type PyNumber,
  type Value,
} from '../../values/index.js';
import { typeError } from './errors.js';
import { iterate, sizeOf } from './iterate.js';
import { escapeValue, Markup, textOf } from './markup.js';
import { PyRange } from './range.js';
import type { Run } from './run.js';
import { indexOf } from './sequences.js';
import { Undefined } from './undefined.js';

export type BinaryFunction = (a: Value, b: Value, run: Run) => Value;

/** A number, bools counting as 0 and 1; `undefined` for any other value. */
export function numberOf(value: Value): PyNumber | undefined {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return value instanceof PyFloat ? value : undefined;
  }
}

function unsupported(operator: string, a: Value, b: Value): never {
  if (a instanceof Undefined) a.fail();
  if (b instanceof Undefined) b.fail();
  throw typeError(`unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`);
}

/** Long ints cost by their length. */
function charged(result: PyNumber, run: Run): PyNumber {
  if (typeof result === 'bigint') run.budget.step(intCost(result));
  return result;
}

function numeric(operator: string, apply: (a: PyNumber, b: PyNumber) => PyNumber): BinaryFunction {
  return (a, b, run) => {
    const left = numberOf(a);
    const right = numberOf(b);
    if (left === undefined || right === undefined) return unsupported(operator, a, b);
    if (typeof left === 'bigint' || typeof right === 'bigint') run.budget.step(intCost(left, right));
    return charged(apply(left, right), run);
  };
}

/** `+` on numbers, text, lists and tuples. */
export function add(a: Value, b: Value, run: Run): Value {
  if (typeof a === 'string' && typeof b === 'string') {
    run.budget.output(a.length + b.length);
    return a + b;
  }
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) return charged(addNumbers(left, right), run);
  if (a instanceof Markup || b instanceof Markup) return addMarkup(a, b, run);
  if (Array.isArray(a) && Array.isArray(b)) return joinLists(a as readonly Value[], b as readonly Value[], run);
  if (a instanceof PyTuple && b instanceof PyTuple) return new PyTuple(joinLists(a.items, b.items, run));
  if (typeof a === 'string' && !(b instanceof Undefined))
    throw typeError(`can only concatenate str (not "${typeName(b)}") to str`);
  return unsupported('+', a, b);
}

function joinLists(a: readonly Value[], b: readonly Value[], run: Run): readonly Value[] {
  run.budget.output(a.length + b.length);
  return a.concat(b);
}

function addMarkup(a: Value, b: Value, run: Run): Value {
  if (textOf(a) === undefined || textOf(b) === undefined) return unsupported('+', a, b);
  const text = escapeValue(a, run) + escapeValue(b, run);
  run.budget.output(text.length);
  return new Markup(text);
}

/** `-` on numbers, and on sets and views of dicts. */
export function subtract(a: Value, b: Value, run: Run): Value {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) return charged(subtractNumbers(left, right), run);
  if (a instanceof Undefined || b instanceof Undefined) return unsupported('-', a, b);
  const hasView = [a, b].some((operand) => operand instanceof DictView && operand.isSetLike);
  if (!hasView && !(a instanceof PySet && b instanceof PySet)) return unsupported('-', a, b);
  // A view takes anything that can be walked on the other side, a set only sets.
  run.budget.output((sizeOf(a) ?? 0) + (sizeOf(b) ?? 0));
  return toSet(a).difference(toSet(b));
}

function toSet(value: Value): PySet {
  const items = new PySet();
  for (const item of iterate(value)) {
    checkHashable(item);
    items.add(item);
  }
  return items;
}

function setItems(value: Value): Iterable<Value> | undefined {
  if (value instanceof PySet) return value;
  return value instanceof DictView && value.isSetLike ? value : undefined;
}

/** `*` on numbers, and of text, lists and tuples with an int. */
export function multiply(a: Value, b: Value, run: Run): Value {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) return charged(multiplyNumbers(left, right), run);
  const count = indexOf(left === undefined ? b : a);
  if (count === undefined) return unsupported('*', a, b);
  return repeat(left === undefined ? a : b, Math.max(count, 0), run) ?? unsupported('*', a, b);
}

function repeat(value: Value, count: number, run: Run): Value | undefined {
  const text = textOf(value);
  if (text !== undefined) {
    run.budget.output(text.length * count);
    const repeated = text.repeat(text === '' ? 0 : count);
    return value instanceof Markup ? new Markup(repeated) : repeated;
  }
  const items = Array.isArray(value) ? (value as readonly Value[]) : value instanceof PyTuple ? value.items : undefined;
  if (!items) return undefined;
  run.budget.output(items.length * count);
  const repeated: Value[] = [];
  if (items.length > 0) for (let i = 0; i < count; i++) for (const item of items) repeated.push(item);
  return value instanceof PyTuple ? new PyTuple(repeated) : repeated;
}

/** The arithmetic of numbers; `%` on text is added where formatting is known. */
export const ARITHMETIC: Readonly<Record<'+' | '-' | '*' | '/' | '//' | '**' | '%', BinaryFunction>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': numeric('/', trueDivide),
  '//': numeric('//', floorDivide),
  '**': numeric('** or pow()', power),
  '%': numeric('%', modulo),
};

/** Unary `-`. */
export function negate(value: Value): Value {
  const number = numberOf(value);
  return number === undefined ? badUnary('-', value) : negateNumber(number);
}

/** Unary `+`: a bool becomes an int. */
export function positive(value: Value): Value {
  return numberOf(value) ?? badUnary('+', value);
}

function badUnary(operator: string, value: Value): never {
  if (value instanceof Undefined) value.fail();
  throw typeError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
}

/** Python's `==`. @throws {JinjaError} for an undefined operand */
export function isEqual(a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (a instanceof Undefined) return (a as PyObject).equals(b);
  if (b instanceof Undefined || b instanceof Markup) return b.equals(a);
  if (a instanceof Markup) return a.equals(b);
  return sameValue(a, b);
}

/** Order of two values: negative, zero, positive or NaN. @throws {PyError} TypeError for kinds without an order */
export function order(a: Value, b: Value, operator: string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a instanceof Undefined) a.fail();
  if (b instanceof Undefined) b.fail();
  if (setItems(a) !== undefined && setItems(b) !== undefined) return orderSets(a, b);
  return compare(a instanceof Markup ? a.text : a, b instanceof Markup ? b.text : b, operator);
}

/** Sets are ordered by inclusion; NaN when neither holds the other. */
function orderSets(a: Value, b: Value): number {
  const left = new PySet(iterate(a));
  const right = new PySet(iterate(b));
  const isSubset = [...left].every((item) => right.has(item));
  const isSuperset = [...right].every((item) => left.has(item));
  if (isSubset) return isSuperset ? 0 : -1;
  return isSuperset ? 1 : NaN;
}

/** `item in container`. @throws {PyError} TypeError where nothing can be in */
export function contains(container: Value, item: Value): boolean {
  if (Array.isArray(container)) return includes(container as readonly Value[], item);
  if (isDict<Value>(container)) {
    if (typeof item !== 'string') checkHashable(item);
    return dictHas<Value>(container, item instanceof Markup ? item.text : item);
  }
  const text = textOf(container);
  if (text !== undefined) return containsText(text, item);
  if (container instanceof PySet || (container instanceof DictView && container.kind === 'keys')) {
    checkHashable(item);
    return container.has(textOf(item) ?? item);
  }
  if (item instanceof Undefined && !isItems(container)) return includes(iterate(container), item);
  if (container instanceof DictView || container instanceof PyRange) return container.has(item);
  return includes(iterate(container), item);
}

function isItems(container: Value): boolean {
  return container instanceof DictView && container.kind === 'items';
}

function includes(items: Iterable<Value>, item: Value): boolean {
  for (const candidate of items) if (candidate === item || isEqual(candidate, item)) return true;
  return false;
}

function containsText(text: string, item: Value): boolean {
  const part = textOf(item);
  if (part === undefined) throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  return text.includes(part);
}

/** Values as text, one after the other: the `~` operator. @param heedsMarkup  with escaping on, markup makes markup */
export function concatenate(parts: readonly Value[], run: Run, heedsMarkup: boolean): Value {
  if (!heedsMarkup || !run.autoescape || !parts.some((part) => part instanceof Markup)) {
    return countText(parts.map((part) => run.show(part)).join(''), run);
  }
  return new Markup(countText(parts.map((part) => escapeValue(part, run)).join(''), run));
}

function countText(text: string, run: Run): string {
  run.budget.output(text.length);
  return text;
}
