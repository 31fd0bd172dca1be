import { dictGet, isDict } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { type FieldSource, formatTemplate, pyRepr, PyTuple, typeName, type Value, weigh } from '../../values/index.js';
import { declarer, nullable, required } from '../runtime/declaration.js';
import { any, text } from '../runtime/kinds.js';

const declare = declarer('Strings');

/** Of yaql 2, which Mistral 15 has; newer ones have dropped it. */
export const FORMATTING = [
  declare({
    names: 'format',
    style: 'both',
    parameters: [required('string', text)],
    rest: nullable('args', any),
    takesNamed: true,
    doc: "The text with its fields filled in: `{}`, `{0}`, `{name}`, `{0[key]}`, with Python's format after a colon.",
    example: ["'{0}-{x:>3}'.format(a, x => 5)", '"a-  5"'],
    run: ({ runtime: { budget } }, template, ...args) => {
      const named = args.pop() as unknown as ReadonlyMap<string, Value>;
      for (const value of [...args, ...named.values()])
        if (typeof value === 'object' && value !== null) weigh(value, budget);
      return formatTemplate(template, fieldsOf(args, named), budget);
    },
  }),
];

/** Attributes can't be reached: `{0.__class__}` would lead out of the data. */
function fieldsOf(args: readonly Value[], named: ReadonlyMap<string, Value>): FieldSource {
  return {
    positional: args.map(frozen),
    named: (name) => frozen(known(named.get(name), 'KeyError', pyRepr(name))),
    attribute: (value, name) => {
      throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`);
    },
    item: itemOf,
  };
}

/** Lists are tuples inside YAQL, and are shown so. */
function frozen(value: Value): Value {
  return Array.isArray(value) ? new PyTuple((value as readonly Value[]).map(frozen)) : value;
}

function itemOf(value: Value, key: string | number | bigint): Value {
  if (isDict<Value>(value)) return frozen(known(dictGet<Value>(value, key), 'KeyError', pyRepr(key)));
  const items = value instanceof PyTuple ? value.items : typeof value === 'string' ? Array.from(value) : undefined;
  if (items === undefined) throw new PyError('TypeError', `'${typeName(value)}' object is not subscriptable`);
  if (typeof key === 'string') {
    const problem =
      value instanceof PyTuple ? 'tuple indices must be integers or slices' : 'string indices must be integers';
    throw new PyError('TypeError', `${problem}, not str`);
  }
  return known(items[Number(key)], 'IndexError', `${typeName(value)} index out of range`);
}

function known(value: Value | undefined, type: 'KeyError' | 'IndexError', problem: string): Value {
  if (value === undefined) throw new PyError(type, problem);
  return value;
}
