import { truthy, type Value } from '../../values/index.js';
import {
  itemsOf,
  iterate,
  JinjaError,
  LazySequence,
  NOTHING_NAMED,
  textOf,
  type Arguments,
  type Run,
} from '../runtime/index.js';
import { attributeGetter, type Getter } from './attribute-getter.js';
import { defineOpenFilter, type Filter, type FilterDefinition } from './definition.js';

function mapper(args: Arguments, run: Run): Getter {
  const attribute = args.named.get('attribute');
  if (args.positional.length === 0 && attribute !== undefined) {
    const unknown = [...args.named.keys()].find((name) => name !== 'attribute' && name !== 'default');
    if (unknown !== undefined) throw argumentError(`Unexpected keyword argument '${unknown}'`);
    return attributeGetter(attribute, args.named.get('default') ?? null);
  }
  const [name, ...positional] = args.positional;
  if (name === undefined) throw argumentError('map requires a filter argument');
  const filter = run.registry.filter(nameOf(name));
  if (!filter) throw new JinjaError('TemplateRuntimeError', `No filter named '${nameOf(name)}'.`);
  const rest: Arguments = { positional, named: args.named };
  return (item) => filter(item, rest, run);
}

/** The name of a filter or test; anything but text is the name of none. */
function nameOf(value: Value): string {
  return textOf(value) ?? '';
}

function argumentError(message: string): JinjaError {
  return new JinjaError('FilterArgumentError', message);
}

/** Does something with every item of a value, lazily or, when all items are wanted, at once. */
function lazySequence(value: Value, run: Run, prepare: () => (item: Value, into: Value[]) => void): Value {
  function* walk(): Generator<Value, void> {
    if (!truthy(value)) return;
    const handle = prepare();
    const out: Value[] = [];
    for (const item of iterate(value)) {
      run.budget.step();
      handle(item, out);
      if (out.length > 0) yield out.pop() ?? null;
    }
  }
  const makeAll = (): Value[] => {
    const all: Value[] = [];
    if (!truthy(value)) return all;
    const handle = prepare();
    const items = itemsOf(value, run);
    run.budget.step(items.length);
    for (const item of items) handle(item, all);
    run.budget.output(all.length);
    return all;
  };
  return new LazySequence(walk, makeAll);
}

function map(value: Value, args: Arguments, run: Run): Value {
  return lazySequence(value, run, () => {
    const apply = mapper(args, run);
    return (item, into) => into.push(apply(item));
  });
}

/** Whether an item passes the test that the arguments name; without a test, whether it is true. */
function predicate(args: Arguments, run: Run, looksAtAttribute: boolean): (item: Value) => boolean {
  const offset = looksAtAttribute ? 1 : 0;
  const attribute = args.positional[0];
  if (looksAtAttribute && attribute === undefined) throw argumentError('Missing parameter for attribute name');
  const get = looksAtAttribute ? attributeGetter(attribute ?? null) : (item: Value): Value => item;
  const name = args.positional[offset];
  if (name === undefined) return (item) => truthy(get(item));
  const test = run.registry.test(nameOf(name));
  if (!test) throw new JinjaError('TemplateRuntimeError', `No test named '${nameOf(name)}'.`);
  const positional = args.positional.slice(offset + 1);
  const rest: Arguments = { positional, named: args.named.size > 0 ? args.named : NOTHING_NAMED };
  const holds = test(rest, run);
  return (item) => holds(get(item));
}

function selector(looksAtAttribute: boolean, keeps: boolean): Filter {
  return (value, args, run) =>
    lazySequence(value, run, () => {
      const passes = predicate(args, run, looksAtAttribute);
      return (item, into) => {
        if (passes(item) === keeps) into.push(item);
      };
    });
}

/** Filters that walk a sequence lazily. */
export const SELECTING_FILTERS: readonly FilterDefinition[] = [
  defineOpenFilter(
    {
      names: ['map'],
      signature: "map(value, filter, …) or map(value, attribute='a.b', default=none)",
      doc: 'Applies a filter to every item, or reads an attribute of every item. Lazy.',
      example: "{{ ['a', 'b']|map('upper')|list }} → ['A', 'B']",
    },
    map,
  ),
  defineOpenFilter(
    {
      names: ['select'],
      signature: 'select(value, test, …)',
      doc: 'Keeps the items that pass a test; without a test, the true ones. Lazy.',
      example: "{{ [1, 2, 3]|select('odd')|list }} → [1, 3]",
    },
    selector(false, true),
  ),
  defineOpenFilter(
    {
      names: ['reject'],
      signature: 'reject(value, test, …)',
      doc: 'Drops the items that pass a test; without a test, the true ones. Lazy.',
      example: "{{ [1, 2, 3]|reject('odd')|list }} → [2]",
    },
    selector(false, false),
  ),
  defineOpenFilter(
    {
      names: ['selectattr'],
      signature: 'selectattr(value, attribute, test, …)',
      doc: 'Keeps the items whose attribute passes a test; without a test, whose attribute is true. Lazy.',
      example: "{{ [{'up': true}, {'up': false}]|selectattr('up')|list }} → [{'up': True}]",
    },
    selector(true, true),
  ),
  defineOpenFilter(
    {
      names: ['rejectattr'],
      signature: 'rejectattr(value, attribute, test, …)',
      doc: 'Drops the items whose attribute passes a test; without a test, whose attribute is true. Lazy.',
      example: "{{ [{'up': true}, {'up': false}]|rejectattr('up')|list }} → [{'up': False}]",
    },
    selector(true, false),
  ),
];
