import { dictEntries, dictGet, isDict, PyDict } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { DictView, PyTuple, pyRepr, type Value, type ValueObject } from '../../values/index.js';
import {
  bind,
  iterate,
  Markup,
  typeError,
  valueError,
  type Arguments,
  type Run,
  checkHashable,
} from '../runtime/index.js';
import { method, type Method } from './method.js';
import { pairOf } from './lists.js';

/** A dict of expressions in either of its forms. */
export type ValueDict = ValueObject | PyDict<Value>;

/** A key in the form under which dicts file it. @throws {UnhashableError} */
export function dictKey(key: Value): Value {
  if (typeof key === 'string') return key;
  checkHashable(key);
  return key instanceof Markup ? key.text : key;
}

/** The pairs that `dict(source, **named)` and `update` take. @throws {PyError} for what holds no pairs */
export function pairsOf(source: Value | undefined, named: Arguments['named']): (readonly [Value, Value])[] {
  const pairs: (readonly [Value, Value])[] = [];
  if (source !== undefined) {
    if (isDict<Value>(source)) for (const pair of dictEntries<Value>(source)) pairs.push(pair);
    else for (const item of iterate(source)) pairs.push(pairFrom(item, pairs.length));
  }
  for (const pair of named) pairs.push(pair);
  return pairs;
}

function pairFrom(item: Value, position: number): readonly [Value, Value] {
  const parts: readonly Value[] = item instanceof PyTuple ? item.items : [...iterate(item)];
  const [key, value] = parts;
  if (parts.length !== 2 || key === undefined || value === undefined) {
    throw valueError(`dictionary update sequence element #${position} has length ${parts.length}; 2 is required`);
  }
  return [dictKey(key), value];
}

/** What `dict(…)` makes. */
export function makeDict(args: Arguments, run: Run): PyDict<Value> {
  if (args.positional.length > 1) throw typeError(`dict expected at most 1 argument, got ${args.positional.length}`);
  const pairs = pairsOf(args.positional[0], args.named);
  run.budget.output(pairs.length);
  return new PyDict<Value>(pairs);
}

/** Sets a key of a dict that is this evaluation's own. */
function put(dict: ValueDict, key: Value, value: Value): void {
  if (dict instanceof PyDict) dict.set(key, value);
  else (dict as Record<string, Value>)[textKey(key)] = value;
}

function drop(dict: ValueDict, key: Value): void {
  if (dict instanceof PyDict) dict.delete(key);
  else Reflect.deleteProperty(dict, textKey(key));
}

/** A plain object takes text keys only; it comes from outside, where there are no others. @throws {PyError} TypeError */
function textKey(key: Value): string {
  if (typeof key === 'string') return key;
  throw typeError('this dict takes text keys only');
}

function changing(
  name: string,
  parameters: Parameters<typeof bind>[1],
  body: (dict: ValueDict, args: readonly Value[], run: Run) => Value,
): Method<ValueDict> {
  return method(name, parameters, (dict, args, run) => {
    run.checkOwned();
    return body(dict, args, run);
  });
}

function get(dict: ValueDict, key: Value): Value | undefined {
  return dictGet<Value>(dict, dictKey(key));
}

const pop: Method<ValueDict> = {
  name: 'pop',
  call: (dict, args, run) => {
    run.checkOwned();
    const [key, ...preset] = args.positional;
    if (args.named.size > 0) throw typeError('dict.pop() takes no keyword arguments');
    if (key === undefined || preset.length > 1) throw typeError('pop expected 1 or 2 arguments');
    const value = get(dict, key);
    if (value === undefined) {
      if (preset[0] === undefined) throw new PyError('KeyError', pyRepr(key));
      return preset[0];
    }
    drop(dict, dictKey(key));
    return value;
  },
};

const update: Method<ValueDict> = {
  name: 'update',
  call: (dict, args, run) => {
    run.checkOwned();
    if (args.positional.length > 1)
      throw typeError(`update expected at most 1 argument, got ${args.positional.length}`);
    const pairs = pairsOf(args.positional[0], args.named);
    run.budget.output(pairs.length);
    for (const [key, value] of pairs) put(dict, key, value);
    return null;
  },
};

function popItem(dict: ValueDict): Value {
  const last = dictEntries<Value>(dict).at(-1);
  if (!last) throw new PyError('KeyError', "'popitem(): dictionary is empty'");
  drop(dict, last[0]);
  return pairOf(last[0], last[1]);
}

function setDefault(dict: ValueDict, key: Value, preset: Value, run: Run): Value {
  const known = get(dict, key);
  if (known !== undefined) return known;
  run.budget.output(1);
  put(dict, dictKey(key), preset);
  return preset;
}

function fromKeys(keys: Value, value: Value, run: Run): Value {
  const dict = new PyDict<Value>();
  for (const key of iterate(keys)) {
    run.budget.output(1);
    dict.set(dictKey(key), value);
  }
  return dict;
}

/** Methods of `dict`. */
export const DICT_METHODS: readonly Method<ValueDict>[] = [
  method('get', ['key', ['default', null]], (dict, [key, preset]) => {
    const value = get(dict, key ?? null);
    return value === undefined ? (preset ?? null) : value;
  }),
  method('keys', [], (dict) => new DictView('keys', dict)),
  method('values', [], (dict) => new DictView('values', dict)),
  method('items', [], (dict) => new DictView('items', dict, pairOf)),
  method('copy', [], (dict, _args, run) => {
    const entries = dictEntries<Value>(dict);
    run.budget.output(entries.length);
    return new PyDict<Value>(entries);
  }),
  method('fromkeys', ['iterable', ['value', null]], (_dict, [keys, value], run) =>
    fromKeys(keys ?? null, value ?? null, run),
  ),
  changing('clear', [], (dict) => {
    for (const [key] of dictEntries<Value>(dict)) drop(dict, key);
    return null;
  }),
  pop,
  changing('popitem', [], popItem),
  changing('setdefault', ['key', ['default', null]], (dict, [key, preset], run) =>
    setDefault(dict, key ?? null, preset ?? null, run),
  ),
  update,
];
