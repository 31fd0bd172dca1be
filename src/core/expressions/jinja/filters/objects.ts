import { dictEntries, isDict } from '../../../shared/index.js';
import { truthy, type Value } from '../../values/index.js';
import { attributeOf, getAttribute, isHidden, pairOf } from '../methods/index.js';
import { lazily, textOf, typeError, Undefined, undefinedMember } from '../runtime/index.js';
import { defineFilter, type FilterDefinition } from './definition.js';
import { prettyText } from './pretty.js';

function* items(value: Value): Generator<Value, void> {
  if (value instanceof Undefined) return;
  if (!isDict<Value>(value)) throw typeError('Can only get item pairs from a mapping.');
  for (const [key, item] of dictEntries<Value>(value)) yield pairOf(key, item);
}

/** An attribute only, never an item. */
function attr(value: Value, name: Value): Value {
  const text = textOf(name);
  if (text === undefined) throw typeError('attribute name must be string');
  if (attributeOf(value, text) === undefined && !isHidden(text)) return undefinedMember(value, text);
  return getAttribute(value, text);
}

/** Filters on single values of any kind. */
export const OBJECT_FILTERS: readonly FilterDefinition[] = [
  defineFilter(
    {
      names: ['default', 'd'],
      parameters: [
        ['default_value', ''],
        ['boolean', false],
      ],
      doc: 'Another value instead of an undefined one, or with `true` instead of any false one.',
      example: "{{ _.missing|default('none') }} → none",
    },
    (value, [preset, replacesFalse]) => {
      const isReplaced = value instanceof Undefined || (truthy(replacesFalse) && !truthy(value));
      return isReplaced ? (preset ?? null) : value;
    },
  ),
  defineFilter(
    {
      names: ['items'],
      doc: 'The pairs of a dict; nothing when undefined. Lazy.',
      example: "{{ {'a': 1}|items|list }} → [('a', 1)]",
    },
    (value) => lazily(() => items(value)),
  ),
  defineFilter(
    {
      names: ['attr'],
      parameters: ['name'],
      doc: 'An attribute, such as a method, but no item.',
      example: "{{ ('abc'|attr('upper'))() }} → ABC",
    },
    (value, [name]) => attr(value, name ?? null),
  ),
  defineFilter(
    {
      names: ['pprint'],
      doc: 'The value as Python would show it, on several lines when long.',
      example: "{{ {'a': 1}|pprint }} → {'a': 1}",
    },
    (value, _args, run) => {
      run.weigh(value);
      return prettyText(value);
    },
  ),
];
