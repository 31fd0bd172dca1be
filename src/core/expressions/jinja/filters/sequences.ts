import { DictView, PyTuple, type Value } from '../../values/index.js';
import { isDict } from '../../../shared/index.js';
import { intArgument } from '../methods/index.js';
import {
  charactersOf,
  escapeValue,
  isEqual,
  iterableOf,
  iterate,
  itemsOf,
  JinjaError,
  lazily,
  lengthOf,
  likeText,
  Markup,
  PyRange,
  sliceOf,
  SoftUndefined,
  textOf,
  toList,
  typeError,
  Undefined,
  type Run,
} from '../runtime/index.js';
import { PyIterator, typeName } from '../../values/index.js';
import { attributeGetter } from './attribute-getter.js';
import { defineFilter, type FilterDefinition } from './definition.js';

function first(value: Value): Value {
  for (const item of iterate(value)) return item;
  return new Undefined('No first item, sequence was empty.');
}

/** Items of what Python can walk backwards: sequences, dicts and their views. */
function reversible(value: Value, run: Run): readonly Value[] | undefined {
  const isSequence =
    Array.isArray(value) || value instanceof PyTuple || value instanceof PyRange || textOf(value) !== undefined;
  return isSequence || isDict<Value>(value) || value instanceof DictView ? itemsOf(value, run) : undefined;
}

function last(value: Value, run: Run): Value {
  const items = reversible(value, run);
  if (!items) {
    if (value instanceof Undefined) value.fail();
    throw typeError(`'${typeName(value)}' object is not reversible`);
  }
  return items.length > 0 ? (items.at(-1) ?? null) : new Undefined('No last item, sequence was empty.');
}

function reverse(value: Value, run: Run): Value {
  if (textOf(value) !== undefined) return sliceOf(value, { start: null, stop: null, step: -1 }) ?? null;
  const items = reversible(value, run);
  if (items) return new PyIterator(backwards(items), Array.isArray(value) ? 'list_reverseiterator' : 'reversed');
  if (value instanceof SoftUndefined) return new PyIterator(backwards([]), 'reversed');
  if (value instanceof Undefined) value.fail();
  if (!iterableOf(value)) throw new JinjaError('FilterArgumentError', 'argument must be iterable');
  return toList(value, run).reverse();
}

function* backwards(items: readonly Value[]): Generator<Value, void> {
  for (let i = items.length - 1; i >= 0; i--) yield items[i] ?? null;
}

function join(value: Value, [separator, attribute]: readonly Value[], run: Run): Value {
  const get = (attribute ?? null) === null ? (item: Value): Value => item : attributeGetter(attribute ?? null);
  const items: Value[] = [];
  for (const item of iterate(value)) {
    run.budget.step();
    items.push(get(item));
  }
  const isMarkup = run.autoescape && (separator instanceof Markup || items.some((item) => item instanceof Markup));
  const toText = (part: Value): string => (isMarkup ? escapeValue(part, run) : run.show(part));
  const between = toText(separator ?? null);
  const parts = items.map((item) => {
    const part = toText(item);
    run.budget.output(part.length + between.length);
    return part;
  });
  return isMarkup ? new Markup(parts.join(between)) : parts.join(between);
}

function* batch(value: Value, size: Value, filler: Value, run: Run): Generator<Value, void> {
  let group: Value[] = [];
  for (const item of iterate(value)) {
    run.budget.step();
    if (isEqual(group.length, size)) {
      yield group;
      group = [];
    }
    group.push(item);
  }
  if (group.length === 0) return;
  if (filler !== null) fillUp(group, intArgument(size), filler, run);
  yield group;
}

function fillUp(group: Value[], size: number, filler: Value, run: Run): void {
  run.budget.output(Math.max(0, size - group.length));
  while (group.length < size) group.push(filler);
}

function* slice(value: Value, count: number, filler: Value, run: Run): Generator<Value, void> {
  const items = toList(value, run);
  if (count === 0) throw typeError('integer division or modulo by zero');
  const size = Math.floor(items.length / count);
  const larger = items.length - size * count;
  let start = 0;
  for (let i = 0; i < count; i++) {
    run.budget.step();
    run.budget.output(8);
    const end = start + size + (i < larger ? 1 : 0);
    const part = items.slice(start, end);
    if (filler !== null && i >= larger) part.push(filler);
    yield part;
    start = end;
  }
}

function random(value: Value, run: Run): Value {
  const size = lengthOf(value);
  if (size === 0) return new Undefined('No random item, sequence was empty.');
  const index = Math.floor(run.scope.functions.random() * size);
  const text = textOf(value);
  return text === undefined ? (itemsOf(value, run)[index] ?? null) : likeText(value, charactersOf(text)[index] ?? '');
}

const FILL = ['fill_with', null] as const;

/** Filters on sequences as a whole. */
export const SEQUENCE_FILTERS: readonly FilterDefinition[] = [
  defineFilter(
    { names: ['first'], doc: 'The first item; undefined when there is none.', example: '{{ [1, 2]|first }} → 1' },
    first,
  ),
  defineFilter(
    { names: ['last'], doc: 'The last item; undefined when there is none.', example: '{{ [1, 2]|last }} → 2' },
    (value, _args, run) => last(value, run),
  ),
  defineFilter(
    { names: ['length', 'count'], doc: 'Number of items or characters.', example: "{{ 'abc'|length }} → 3" },
    lengthOf,
  ),
  defineFilter(
    { names: ['list'], doc: 'A list of the items, keys or characters.', example: "{{ 'ab'|list }} → ['a', 'b']" },
    (value, _args, run) => toList(value, run),
  ),
  defineFilter(
    {
      names: ['reverse'],
      doc: 'The text or the items from the end to the start.',
      example: "{{ 'abc'|reverse }} → cba",
    },
    (value, _args, run) => reverse(value, run),
  ),
  defineFilter(
    {
      names: ['join'],
      parameters: [
        ['d', ''],
        ['attribute', null],
      ],
      doc: 'The items as one text with a separator between them.',
      example: "{{ [1, 2]|join('-') }} → 1-2",
    },
    join,
  ),
  defineFilter(
    {
      names: ['batch'],
      parameters: ['linecount', FILL],
      doc: 'Lists of so many items each, the last one filled up if asked. Lazy.',
      example: '{{ [1, 2, 3]|batch(2)|list }} → [[1, 2], [3]]',
    },
    (value, [size, filler], run) => lazily(() => batch(value, size ?? null, filler ?? null, run)),
  ),
  defineFilter(
    {
      names: ['slice'],
      parameters: ['slices', FILL],
      doc: 'So many lists of nearly equal length. Lazy.',
      example: '{{ [1, 2, 3]|slice(2)|list }} → [[1, 2], [3]]',
    },
    (value, [count, filler], run) => lazily(() => slice(value, intArgument(count), filler ?? null, run)),
  ),
  defineFilter({ names: ['random'], doc: 'A random item.', example: '{{ [5]|random }} → 5' }, (value, _args, run) =>
    random(value, run),
  ),
];
