import { dictEntries, dictHas, dictValues, markMutable } from '../../../shared/index.js';
import { DictView, sizeOfDict, type Value } from '../../values/index.js';
import { declarer, nullable, optional, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { any, dict, iterable, lambda, pair, type DictValue } from '../runtime/kinds.js';
import { charged, type Walkable } from '../values/iteration.js';
import { entryOr } from '../operators/indexing.js';
import { yaqlEquals } from '../values/equality.js';
import { HashSet, paidHashKey, weighKey } from '../values/hash-set.js';
import { fromPairs } from '../values/pairs.js';
import { firstTwo } from './lists.js';

const declare = declarer('Dicts');

export const DICTS = [
  declare({
    names: 'dict',
    style: 'function',
    parameters: [],
    rest: required('args', pair),
    takesRules: true,
    doc: 'A dict of `key => value` arguments.',
    example: ["dict(a => 1, 'b c' => 2)", '{"a": 1, "b c": 2}'],
    run: (frame, ...pairs) =>
      fromPairs(
        frame,
        pairs.map(({ key, value }) => [key, value] as const),
      ),
  }),
  declare({
    names: 'dict',
    style: 'function',
    parameters: [required('items', iterable)],
    takesRules: true,
    doc: 'A dict of pairs.',
    example: ['dict([[a, 1], [b, 2]])', '{"a": 1, "b": 2}'],
    run: (frame, items) => fromPairs(frame, [...charged(frame.runtime, items)].map(firstTwo)),
  }),
  declare({
    names: 'toDict',
    style: 'method',
    parameters: [
      required('collection', iterable),
      required('keySelector', lambda),
      optional('valueSelector', lambda, null),
    ],
    doc: 'A dict with a key, and a value or the item itself, for each item; the last of equal keys wins.',
    example: ['[a, bb].toDict($, $.len())', '{"a": 1, "bb": 2}'],
    run: (frame, collection, keySelector, valueSelector) => {
      const pairs: (readonly [Value, Value])[] = [];
      for (const item of charged(frame.runtime, collection)) {
        const key = keySelector.call1(item);
        paidHashKey(key, frame.runtime);
        pairs.push([key, valueSelector === null ? item : valueSelector.call1(item)]);
      }
      return markMutable(fromPairs(frame, pairs));
    },
  }),
  declare({
    names: 'get',
    style: 'method',
    parameters: [required('dict', dict), nullable('key', any), optional('default', any, null)],
    doc: 'The value under a key, or the default.',
    example: ['{a => 1}.get(b, 0)', '0'],
    run: (frame, source, key, fallback) => {
      weighKey(key, frame.runtime);
      return entryOr(source, key, fallback);
    },
  }),
  declare({
    names: 'set',
    style: 'method',
    parameters: [required('dict', dict), nullable('key', any), nullable('value', any)],
    takesRules: true,
    doc: 'The dict with one entry added or replaced.',
    example: ['{a => 1}.set(b, 2)', '{"a": 1, "b": 2}'],
    run: (frame, source, key, value) => fromPairs(frame, [...dictEntries<Value>(source), [key, value]]),
  }),
  declare({
    names: 'set',
    style: 'method',
    parameters: [required('dict', dict), required('replacements', dict)],
    takesRules: true,
    doc: 'The dict with the entries of another added or replaced.',
    example: ['{a => 1}.set({a => 2, b => 3})', '{"a": 2, "b": 3}'],
    run: (frame, source, changes) => fromPairs(frame, [...dictEntries<Value>(source), ...dictEntries<Value>(changes)]),
  }),
  declare({
    names: 'set',
    style: 'method',
    parameters: [required('dict', dict)],
    rest: required('args', pair),
    takesRules: true,
    doc: 'The dict with the given entries added or replaced.',
    example: ['{a => 1}.set(b => 2, c => 3)', '{"a": 1, "b": 2, "c": 3}'],
    run: (frame, source, ...pairs) =>
      fromPairs(frame, [...dictEntries<Value>(source), ...pairs.map(({ key, value }) => [key, value] as const)]),
  }),
  declare({
    names: 'keys',
    style: 'method',
    parameters: [required('dict', dict)],
    doc: 'The keys, as a set.',
    example: ['{a => 1, b => 2}.keys().toList()', '["a", "b"]'],
    run: (_frame, source) => new DictView('keys', source),
  }),
  declare({
    names: 'values',
    style: 'method',
    parameters: [required('dict', dict)],
    doc: 'The values.',
    example: ['{a => 1, b => 2}.values()', '[1, 2]'],
    run: (_frame, source) => new DictView('values', source),
  }),
  declare({
    names: 'items',
    style: 'method',
    parameters: [required('dict', dict)],
    doc: 'Pairs of key and value, as a set.',
    example: ['{a => 1}.items().toList()', '[["a", 1]]'],
    run: (_frame, source) => new DictView('items', source),
  }),
  declare({
    names: 'containsKey',
    style: 'method',
    parameters: [required('dict', dict), nullable('key', any)],
    doc: 'Whether the dict has a key.',
    example: ['{a => 1}.containsKey(a)', 'true'],
    run: (frame, source, key) => {
      paidHashKey(key, frame.runtime);
      return dictHas<Value>(source, key);
    },
  }),
  declare({
    names: 'containsValue',
    style: 'method',
    parameters: [required('dict', dict), nullable('value', any)],
    doc: 'Whether the dict has an equal value.',
    example: ['{a => 1}.containsValue(1)', 'true'],
    run: (frame, source, value) => {
      frame.runtime.budget.step(sizeOfDict(source));
      return dictValues<Value>(source).some((candidate) => yaqlEquals(candidate, value, frame));
    },
  }),
  declare({
    names: 'len',
    style: 'both',
    parameters: [required('dict', dict)],
    doc: 'How many entries a dict has.',
    example: ['{a => 1}.len()', '1'],
    run: (frame, source) => paidSize(frame, source),
  }),
  declare({
    names: 'delete',
    style: 'method',
    parameters: [required('dict', dict)],
    rest: nullable('keys', any),
    doc: 'The dict without these keys.',
    example: ['{a => 1, b => 2}.delete(a)', '{"b": 2}'],
    run: (frame, source, ...keys) => withoutKeys(frame, source, keys),
  }),
  declare({
    names: 'deleteAll',
    style: 'method',
    parameters: [required('dict', dict), required('keys', iterable)],
    doc: 'The dict without the keys of a collection.',
    example: ['{a => 1, b => 2}.deleteAll([a, c])', '{"b": 2}'],
    run: (frame, source, keys) => withoutKeys(frame, source, keys),
  }),
];

function paidSize(frame: Frame, source: DictValue): number {
  const size = sizeOfDict(source);
  frame.runtime.budget.step(size >> 3);
  return size;
}

function withoutKeys(frame: Frame, source: DictValue, keys: Walkable): DictValue {
  frame.runtime.budget.step(sizeOfDict(source));
  const gone = new HashSet(frame.runtime);
  for (const key of charged(frame.runtime, keys)) gone.add(key);
  return markMutable(
    fromPairs(
      frame,
      dictEntries<Value>(source).filter(([key]) => !gone.has(key)),
    ),
  );
}
