import { dictEntries, dictGet, dictHas, isDict, markMutable } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { sizeOfDict, type Value } from '../../values/index.js';
import { plus } from '../operators/arithmetic.js';
import { declarer, optional, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { count, dict, lambda, type DictValue } from '../runtime/kinds.js';
import { toList, type Walkable } from '../values/iteration.js';
import { yaqlTypeName } from '../values/type-name.js';
import { fromPairs } from '../values/pairs.js';
import { distinct } from './filtering.js';

const declare = declarer('Dicts');

/** How two values under the same key become one. */
interface Mergers {
  readonly lists: (left: Value, right: Value) => Value;
  readonly items: (left: Value, right: Value) => Value;
}

export const MERGING = [
  declare({
    names: 'mergeWith',
    style: 'method',
    parameters: [
      required('dict', dict),
      required('another', dict),
      optional('listMerger', lambda, null),
      optional('itemMerger', lambda, null),
      optional('maxLevels', count, 0),
    ],
    doc: 'Both dicts in one: dicts under the same key are merged, lists joined without repeats, otherwise the other value wins.',
    example: ['{a => {x => 1}}.mergeWith({a => {y => 2}})', '{"a": {"x": 1, "y": 2}}'],
    run: (frame, left, right, listMerger, itemMerger, levels) =>
      merge(frame, left, right, levels, {
        lists: listMerger === null ? (a, b) => joined(frame, a, b) : (a, b) => listMerger.call2(a, b),
        items: itemMerger === null ? (_a, b) => b : (a, b) => itemMerger.call2(a, b),
      }),
  }),
];

function joined(frame: Frame, left: Value, right: Value): Value {
  return toList(frame.runtime, [...distinct(frame.runtime, plus(left, right, frame) as Walkable, null)]);
}

function merge(frame: Frame, left: DictValue, right: DictValue, levels: number, mergers: Mergers): DictValue {
  const pairs = dictEntries<Value>(left).map(([key, value]): readonly [Value, Value] => {
    frame.runtime.budget.step();
    const other = dictGet<Value>(right, key);
    return [key, other === undefined ? value : mergeValues(frame, value, other, levels, mergers)];
  });
  frame.runtime.budget.step(sizeOfDict(right));
  const added = dictEntries<Value>(right).filter(([key]) => !dictHas<Value>(left, key));
  return markMutable(fromPairs(frame, [...pairs, ...added]));
}

function mergeValues(frame: Frame, left: Value, right: Value, levels: number, mergers: Mergers): Value {
  if (levels !== 1 && isDict<Value>(right)) {
    if (!isDict<Value>(left)) throw cannotMerge(left, right);
    return merge(frame, left, right, levels === 0 ? 0 : levels - 1, mergers);
  }
  if (levels !== 1 && Array.isArray(right)) {
    if (!Array.isArray(left)) throw cannotMerge(left, right);
    return mergers.lists(left as readonly Value[], right as readonly Value[]);
  }
  return mergers.items(left, right);
}

function cannotMerge(left: Value, right: Value): PyError {
  return new PyError('TypeError', `Cannot merge <class '${yaqlTypeName(left)}'> with <class '${yaqlTypeName(right)}'>`);
}
