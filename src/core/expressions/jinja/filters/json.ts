import {
  dictEntries,
  dictValues,
  isDict,
  PyDict,
  PyObject,
  stringifyJson,
  type JsonWriteOptions,
} from '../../../shared/index.js';
import { compare, PyTuple, type Budget, type Value } from '../../values/index.js';
import { Markup, typeError, Undefined } from '../runtime/index.js';

/** Data in place of what JSON lacks: tuples are lists, markup is text. @throws {PyError} TypeError for everything else */
function toData(value: object): unknown {
  if (value instanceof PyTuple) return value.items;
  if (value instanceof Markup) return value.text;
  const name = value instanceof PyObject ? value.typeName : 'object';
  throw typeError(`Object of type ${value instanceof Undefined ? 'StrictUndefined' : name} is not JSON serializable`);
}

/** JSON as Python writes it. */
export function pythonJson(value: Value, options: JsonWriteOptions = {}): string {
  return stringifyJson(value, { style: 'python', other: toData, ...options });
}

/** The same data with every dict in order of its keys. @throws {PyError} TypeError for keys of different kinds */
export function sortKeys(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(sortKeys);
  if (value instanceof PyTuple) return value.items.map(sortKeys);
  if (!isDict<Value>(value)) return value;
  const pairs = dictEntries<Value>(value).map(([key, item]) => [key, sortKeys(item)] as const);
  return new PyDict<Value>([...pairs].sort(([a], [b]) => compare(a, b)));
}

/** Charges for what stands before each line when data is written with an indent. @throws {BudgetExceeded} */
export function payMargins(data: Value, width: number, budget: Budget, depth = 1): void {
  if (typeof data !== 'object' || data === null) return;
  const items = Array.isArray(data) ? (data as readonly Value[]) : isDict<Value>(data) ? dictValues<Value>(data) : [];
  budget.output((items.length + 1) * depth * width);
  for (const item of items) payMargins(item, width, budget, depth + 1);
}
