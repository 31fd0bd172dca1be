import { compare, PyTuple, typeName, type Value } from '../../values/index.js';
import {
  bind,
  Callable,
  indexOf,
  isEqual,
  iterate,
  NO_ARGUMENTS,
  PyRange,
  textOf,
  typeError,
  valueError,
  type Run,
} from '../runtime/index.js';
import { PyError } from '../../errors.js';
import { boundsArgument, intArgument } from './arguments.js';
import { method, type Method } from './method.js';

/** Where an equal item is within bounds. @throws {PyError} ValueError when it is not there */
function find(items: readonly Value[], args: readonly Value[], typeName: string): number {
  const [start, stop] = boundsArgument(args[1], args[2], items.length);
  for (let i = start; i < stop; i++) {
    const item = items[i] ?? null;
    if (item === args[0] || isEqual(item, args[0] ?? null)) return i;
  }
  throw valueError(`${typeName}.index(x): x not in ${typeName}`);
}

function count(items: readonly Value[], wanted: Value): number {
  return items.filter((item) => item === wanted || isEqual(item, wanted)).length;
}

const RANGE = [
  ['start', null],
  ['stop', null],
] as const;

/** What list and tuple have in common. */
const readers = (typeName: string): readonly Method<readonly Value[]>[] => [
  method('index', ['value', ...RANGE], (items, args) => find(items, args, typeName)),
  method('count', ['value'], (items, [wanted]) => count(items, wanted ?? null)),
];

/** Stable order by a key. @throws {PyError} TypeError for keys without an order */
export function sortBy(items: readonly Value[], keyOf: (item: Value) => Value, isReverse: boolean, run: Run): Value[] {
  const size = items.length;
  run.budget.step(Math.ceil(size * Math.log2(size + 2)));
  const keyed = items.map((item) => {
    const key = keyOf(item);
    weighKey(key, run);
    return { item, key };
  });
  const sign = isReverse ? -1 : 1;
  keyed.sort((a, b) => sign * orderKeys(a.key, b.key));
  return keyed.map(({ item }) => item);
}

/** Keys are mostly lists of plain values, which cost nothing to compare. */
function weighKey(key: Value, run: Run): void {
  if (typeof key !== 'object') return;
  if (!Array.isArray(key)) run.weigh(key);
  else for (const part of key as readonly Value[]) if (typeof part === 'object') run.weigh(part);
}

function orderKeys(a: Value, b: Value): number {
  const left = textOf(a);
  const result = compare(left ?? a, textOf(b) ?? b);
  return Number.isNaN(result) ? 0 : result;
}

/** A method that changes the list. */
function changing(
  name: string,
  parameters: Parameters<typeof bind>[1],
  body: (items: Value[], args: readonly Value[], run: Run) => Value,
): Method<readonly Value[]> {
  return method(name, parameters, (items, args, run) => {
    run.checkOwned();
    return body(items as Value[], args, run);
  });
}

function pop(items: Value[], position: Value): Value {
  if (items.length === 0) throw new PyError('IndexError', 'pop from empty list');
  const raw = intArgument(position);
  const index = raw < 0 ? raw + items.length : raw;
  if (index < 0 || index >= items.length) throw new PyError('IndexError', 'pop index out of range');
  return items.splice(index, 1)[0] ?? null;
}

function remove(items: Value[], wanted: Value): null {
  const index = items.findIndex((item) => item === wanted || isEqual(item, wanted));
  if (index < 0) throw valueError('list.remove(x): x not in list');
  items.splice(index, 1);
  return null;
}

function insert(items: Value[], position: Value, item: Value): null {
  const index = indexOf(position);
  if (index === undefined) throw typeError('an integer is required');
  items.splice(index < 0 ? Math.max(0, index + items.length) : index, 0, item);
  return null;
}

const sort: Method<readonly Value[]> = {
  name: 'sort',
  call: (items, args, run) => {
    run.checkOwned();
    if (args.positional.length > 0) throw typeError('sort() takes no positional arguments');
    const [key, reverse] = bind(
      'sort',
      [
        ['key', null],
        ['reverse', false],
      ],
      args,
    );
    if (key !== null && !(key instanceof Callable)) throw typeError(`'${typeName(key)}' object is not callable`);
    const keyOf =
      key instanceof Callable
        ? (item: Value): Value => key.call({ ...NO_ARGUMENTS, positional: [item] }, run)
        : (item: Value): Value => item;
    const sorted = sortBy(items, keyOf, intArgument(reverse) !== 0, run);
    for (const [i, item] of sorted.entries()) (items as Value[])[i] = item;
    return null;
  },
};

/** Methods of `list`. */
export const LIST_METHODS: readonly Method<readonly Value[]>[] = [
  ...readers('list'),
  method('copy', [], (items, _args, run) => {
    run.budget.output(items.length);
    return items.slice();
  }),
  changing('append', ['object'], (items, [item], run) => {
    run.budget.output(1);
    items.push(item ?? null);
    return null;
  }),
  changing('extend', ['iterable'], (items, [more], run) => {
    for (const item of [...iterate(more ?? null)]) {
      run.budget.output(1);
      items.push(item);
    }
    return null;
  }),
  changing('insert', ['index', 'object'], (items, [index, item]) => insert(items, index ?? null, item ?? null)),
  changing('pop', [['index', -1]], (items, [index]) => pop(items, index ?? -1)),
  changing('remove', ['value'], (items, [wanted]) => remove(items, wanted ?? null)),
  changing('reverse', [], (items) => {
    items.reverse();
    return null;
  }),
  changing('clear', [], (items) => {
    items.length = 0;
    return null;
  }),
  sort,
];

/** Methods of `tuple`, on its items. */
export const TUPLE_METHODS: readonly Method<readonly Value[]>[] = readers('tuple');

/** Methods of `range`. */
export const RANGE_METHODS: readonly Method<PyRange>[] = [
  method('index', ['value'], (range, [wanted]) => find([...range], [wanted ?? null], 'range')),
  method('count', ['value'], (range, [wanted]) => (range.has(wanted ?? null) ? 1 : 0)),
];

/** A pair as Jinja's dict items are. */
export function pairOf(key: Value, value: Value): PyTuple {
  return new PyTuple([key, value]);
}
