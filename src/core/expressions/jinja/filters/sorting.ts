import { PyError } from '../../errors.js';
import { PySet, PyTuple, truthy, typeName, type Value } from '../../values/index.js';
import { attributeOf, intArgument, sortBy } from '../methods/index.js';
import {
  isEqual,
  itemsOf,
  iterate,
  JinjaError,
  lazily,
  Callable,
  NO_ARGUMENTS,
  order,
  textOf,
  Undefined,
  type Run,
  checkHashable,
} from '../runtime/index.js';
import { attributeGetter, attributeListGetter, ignoreCase, type Getter } from './attribute-getter.js';
import { defineFilter, type FilterDefinition } from './definition.js';

/** A group of `groupby`: a pair that also has names for its parts. */
class GroupTuple extends PyTuple {
  attribute(name: string): Value | undefined {
    if (name === 'grouper') return this.items[0];
    return name === 'list' ? this.items[1] : undefined;
  }
}

/** Keys as they are compared: without case unless asked. */
function keyGetter(attribute: Value, isCaseSensitive: Value, preset: Value = null): Getter {
  const get = attributeGetter(attribute, preset);
  return truthy(isCaseSensitive) ? get : (item) => ignoreCase(get(item));
}

function sort(value: Value, [reverse, caseSensitive, attribute]: readonly Value[], run: Run): Value {
  const isCaseSensitive = truthy(caseSensitive);
  const get = attributeListGetter(attribute ?? null);
  return sortBy(
    itemsOf(value, run),
    (item) => (isCaseSensitive ? get(item) : get(item).map(ignoreCase)),
    intArgument(reverse) !== 0,
    run,
  );
}

/** Pairs of anything with an `items` method. */
function pairsOf(value: Value, run: Run): readonly PyTuple[] {
  const method = attributeOf(value, 'items');
  if (!(method instanceof Callable))
    throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`);
  return itemsOf(method.call(NO_ARGUMENTS, run), run) as readonly PyTuple[];
}

function dictSort(value: Value, [caseSensitive, by, reverse]: readonly Value[], run: Run): Value {
  const part = by === 'key' ? 0 : by === 'value' ? 1 : undefined;
  if (part === undefined) throw new JinjaError('FilterArgumentError', 'You can only sort by either "key" or "value"');
  const keyOf = (pair: Value): Value => {
    const key = pair instanceof PyTuple ? (pair.items[part] ?? null) : null;
    return truthy(caseSensitive) ? key : ignoreCase(key);
  };
  return sortBy(pairsOf(value, run), keyOf, intArgument(reverse) !== 0, run);
}

function* unique(value: Value, get: Getter, run: Run): Generator<Value, void> {
  const seen = new PySet();
  for (const item of iterate(value)) {
    run.budget.step();
    const key = get(item);
    run.weigh(key);
    checkHashable(textOf(key) ?? key);
    if (seen.has(textOf(key) ?? key)) continue;
    seen.add(textOf(key) ?? key);
    yield item;
  }
}

/** The smallest or largest item; of equal ones the first. */
function extreme(sign: 1 | -1): (value: Value, args: readonly Value[], run: Run) => Value {
  return (value, [caseSensitive, attribute], run) => {
    const get = keyGetter(attribute ?? null, caseSensitive ?? false);
    let best: { readonly item: Value; readonly key: Value } | undefined;
    for (const item of iterate(value)) {
      run.budget.step();
      const key = get(item);
      run.weigh(key);
      if (best === undefined || order(key, best.key, sign > 0 ? '>' : '<') * sign > 0) best = { item, key };
    }
    return best ? best.item : new Undefined('No aggregated item, sequence was empty.');
  };
}

function groupBy(value: Value, [attribute, preset, caseSensitive]: readonly Value[], run: Run): Value {
  const path = attribute ?? null;
  const get = keyGetter(path, caseSensitive ?? false, preset ?? null);
  const shown = attributeGetter(path, preset ?? null);
  const groups: { readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of sortBy(itemsOf(value, run), get, false, run)) {
    const key = get(item);
    const last = groups.at(-1);
    if (last && isEqual(last.key, key)) last.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return groups.map(({ items }) => new GroupTuple([shown(items[0] ?? null), items]));
}

const CASE = ['case_sensitive', false] as const;
const ATTRIBUTE = ['attribute', null] as const;

/** Filters that order and group. */
export const SORTING_FILTERS: readonly FilterDefinition[] = [
  defineFilter(
    {
      names: ['sort'],
      parameters: [['reverse', false], CASE, ATTRIBUTE],
      doc: 'A sorted list; without regard to case unless asked, by one or more attributes if given.',
      example: "{{ ['b', 'A']|sort }} → ['A', 'b']",
    },
    sort,
  ),
  defineFilter(
    {
      names: ['dictsort'],
      parameters: [CASE, ['by', 'key'], ['reverse', false]],
      doc: 'The pairs of a dict, sorted by key or by value.',
      example: "{{ {'b': 1, 'a': 2}|dictsort }} → [('a', 2), ('b', 1)]",
    },
    dictSort,
  ),
  defineFilter(
    {
      names: ['unique'],
      parameters: [CASE, ATTRIBUTE],
      doc: 'The items without repetitions, in order of first occurrence. Lazy.',
      example: "{{ ['a', 'A', 'b']|unique|list }} → ['a', 'b']",
    },
    (value, [caseSensitive, attribute], run) =>
      lazily(() => unique(value, keyGetter(attribute ?? null, caseSensitive ?? false), run)),
  ),
  defineFilter(
    { names: ['min'], parameters: [CASE, ATTRIBUTE], doc: 'The smallest item.', example: '{{ [3, 1, 2]|min }} → 1' },
    extreme(-1),
  ),
  defineFilter(
    { names: ['max'], parameters: [CASE, ATTRIBUTE], doc: 'The largest item.', example: '{{ [3, 1, 2]|max }} → 3' },
    extreme(1),
  ),
  defineFilter(
    {
      names: ['groupby'],
      parameters: ['attribute', ['default', null], CASE],
      doc: 'Pairs of a value and the items that have it, sorted by the value; also `group.grouper` and `group.list`.',
      example: "{{ [{'k': 1}, {'k': 2}]|groupby('k')|map('first')|list }} → [1, 2]",
    },
    groupBy,
  ),
];
