import { PyError } from '../../errors.js';
import { DictView, pyRepr, PySet, type Value } from '../../values/index.js';
import { iterate, NativeFunction, refuseNamed, type Run, checkHashable } from '../runtime/index.js';
import { method, type Method } from './method.js';

/** The items of an argument as a set. @throws {UnhashableError} */
function setOf(value: Value): PySet {
  if (value instanceof PySet) return value;
  const set = new PySet();
  for (const item of iterate(value)) {
    checkHashable(item);
    set.add(item);
  }
  return set;
}

/** A method that combines the set with any number of others. */
function combining(name: string, combine: (left: PySet, right: PySet) => PySet): Method<PySet> {
  return {
    name,
    call: (set, args, run) => {
      const result = refuseNamed(name, args).reduce<PySet>(
        (left, right) => combine(left, setOf(right)),
        new PySet(set),
      );
      run.budget.output(result.size);
      return result;
    },
  };
}

/** A method that changes the set. */
function changing(
  name: string,
  parameters: readonly string[],
  body: (set: PySet, item: Value, run: Run) => Value,
): Method<PySet> {
  return method(name, parameters, (set, [item], run) => {
    run.checkOwned();
    return body(set, item ?? null, run);
  });
}

function remove(set: PySet, item: Value): null {
  if (!set.delete(item)) throw new PyError('KeyError', pyRepr(item));
  return null;
}

function pop(set: PySet): Value {
  for (const item of set) {
    set.delete(item);
    return item;
  }
  throw new PyError('KeyError', "'pop from an empty set'");
}

function addAll(set: PySet, items: Value, run: Run): null {
  for (const item of [...setOf(items)]) {
    run.budget.output(1);
    set.add(item);
  }
  return null;
}

/** Methods of `set`. */
export const SET_METHODS: readonly Method<PySet>[] = [
  combining('union', (left, right) => left.union(right)),
  combining('intersection', (left, right) => left.intersection(right)),
  combining('difference', (left, right) => left.difference(right)),
  method('symmetric_difference', ['other'], (set, [other]) => set.symmetricDifference(setOf(other ?? null))),
  method('issubset', ['other'], (set, [other]) => set.isSubsetOf(setOf(other ?? null))),
  method('issuperset', ['other'], (set, [other]) => setOf(other ?? null).isSubsetOf(set)),
  method('isdisjoint', ['other'], (set, [other]) => set.intersection(setOf(other ?? null)).size === 0),
  method('copy', [], (set) => new PySet(set)),
  changing('add', ['item'], (set, item, run) => {
    run.budget.output(1);
    checkHashable(item);
    set.add(item);
    return null;
  }),
  changing('discard', ['item'], (set, item) => {
    set.delete(item);
    return null;
  }),
  changing('remove', ['item'], remove),
  changing('pop', [], pop),
  changing('update', ['other'], addAll),
  changing('clear', [], (set) => {
    for (const item of [...set]) set.delete(item);
    return null;
  }),
];

/** `isdisjoint` of views that behave as sets, and `mapping` of all. */
export function viewAttribute(view: DictView, name: string): Value | undefined {
  if (name === 'mapping') return view.dict;
  if (name !== 'isdisjoint' || !view.isSetLike) return undefined;
  return new NativeFunction(
    'isdisjoint',
    (args) => [...iterate(refuseNamed('isdisjoint', args)[0] ?? null)].every((item) => !view.has(item)),
    'builtin_function_or_method',
  );
}
