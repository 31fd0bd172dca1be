import { dictEntries, dictGet, isDict, PyDict } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import {
  formatTemplate,
  isNumber,
  percentFormat,
  pyRepr,
  PyTuple,
  typeName,
  type FieldSource,
  type Value,
} from '../../values/index.js';
import {
  ARITHMETIC,
  escapeValue,
  likeText,
  Markup,
  PyRange,
  refuseNamed,
  textOf,
  typeError,
  Undefined,
  type Arguments,
  type Run,
} from '../runtime/index.js';
import type { Method } from './method.js';

/**
 * Values of a format under the rules of the sandbox, which `{0.__class__}` can't leave. A format of markup escapes what its
 * fields show, once they have been looked up.
 */
function fieldSource(
  receiver: Value,
  positional: readonly Value[],
  named: (name: string) => Value,
  run: Run,
): FieldSource {
  const { attribute, item } = run.registry;
  const shown = (value: Value, text: string): string => (value instanceof Markup ? text : escapeValue(text, run));
  return { positional, named, attribute, item, ...(receiver instanceof Markup ? { shown } : {}) };
}

function namedFrom(values: ReadonlyMap<string, Value>): (name: string) => Value {
  return (name) => {
    const value = values.get(name);
    if (value === undefined) throw new PyError('KeyError', pyRepr(name));
    return value;
  };
}

function format(text: string, args: Arguments, run: Run, receiver: Value): Value {
  for (const value of [...args.positional, ...args.named.values()]) run.weigh(value);
  const source = fieldSource(receiver, args.positional, namedFrom(args.named), run);
  return likeText(receiver, formatTemplate(text, source, run.budget));
}

function formatMap(text: string, args: Arguments, run: Run, receiver: Value): Value {
  const [mapping, ...more] = refuseNamed('format_map', args);
  if (mapping === undefined || more.length > 0) {
    throw typeError(`format_map() takes exactly one argument (${args.positional.length} given)`);
  }
  run.weigh(mapping);
  const named = (name: string): Value => {
    const value = isDict<Value>(mapping) ? dictGet<Value>(mapping, name) : run.registry.item(mapping, name);
    if (value === undefined) throw new PyError('KeyError', pyRepr(name));
    return value;
  };
  return likeText(receiver, formatTemplate(text, fieldSource(receiver, [], named, run), run.budget));
}

/** What a format of markup shows in place of a value; numbers are kept for formats that need them. */
function escaped(value: Value, run: Run): Value {
  return isNumber(value) || value instanceof Undefined ? value : escapeValue(value, run);
}

/** Python's `text % argument`. */
export function formatPercent(receiver: Value, text: string, argument: Value, run: Run): Value {
  run.weigh(argument);
  const values = receiver instanceof Markup ? escapedArgument(argument, run) : argument;
  if (isMappingLike(argument) && !hasDirective(text)) return likeText(receiver, text.replaceAll('%%', '%'));
  return likeText(receiver, percentFormat(text, values, run.budget));
}

/** Values that may fill directives by name, and so need not be used up. */
function isMappingLike(value: Value): boolean {
  return Array.isArray(value) || isDict<Value>(value) || value instanceof Undefined || value instanceof PyRange;
}

function hasDirective(text: string): boolean {
  return text.replaceAll('%%', '').includes('%');
}

/** Python's `%`: the rest of a division of numbers, a format of text. */
export function remainder(a: Value, b: Value, run: Run): Value {
  const text = textOf(a);
  return text === undefined ? ARITHMETIC['%'](a, b, run) : formatPercent(a, text, b, run);
}

function escapedArgument(argument: Value, run: Run): Value {
  if (argument instanceof PyTuple) return new PyTuple(argument.items.map((value) => escaped(value, run)));
  if (!isDict<Value>(argument)) return escaped(argument, run);
  return new PyDict<Value>(dictEntries<Value>(argument).map(([key, value]) => [key, escaped(value, run)] as const));
}

/** The table that `translate` uses: characters, by code, to texts or nothing. */
function makeTable(args: Arguments): Value {
  const [from, to, removed] = refuseNamed('maketrans', args);
  const table = new PyDict<Value>();
  if (to === undefined) {
    if (!isDict<Value>(from)) throw typeError('if you give only one argument to maketrans it must be a dict');
    for (const [key, value] of dictEntries<Value>(from)) table.set(typeof key === 'string' ? codeOf(key) : key, value);
    return table;
  }
  const keys = charactersOf(from);
  const values = charactersOf(to);
  if (keys.length !== values.length) {
    throw new PyError('ValueError', 'the first two maketrans arguments must have equal length');
  }
  keys.forEach((key, index) => table.set(codeOf(key), codeOf(values[index] ?? '')));
  for (const key of removed === undefined ? [] : charactersOf(removed)) table.set(codeOf(key), null);
  return table;
}

function charactersOf(value: Value | undefined): readonly string[] {
  if (typeof value !== 'string') throw typeError(`maketrans() argument must be str, not ${typeName(value)}`);
  return Array.from(value);
}

/** @throws {PyError} ValueError for anything but one character */
function codeOf(char: string): number {
  const [code, ...more] = Array.from(char);
  if (code === undefined || more.length > 0) {
    throw new PyError('ValueError', 'string keys in translate table must be of length 1');
  }
  return code.codePointAt(0) ?? 0;
}

function translate(text: string, args: Arguments, run: Run, receiver: Value): Value {
  const [table] = refuseNamed('translate', args);
  if (!isDict<Value>(table)) throw typeError('translate() takes a mapping');
  let result = '';
  for (const char of text) {
    const value = dictGet<Value>(table, codeOf(char));
    const piece = value === undefined ? char : replacementOf(value);
    run.budget.output(piece.length);
    result += piece;
  }
  return likeText(receiver, result);
}

function replacementOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String.fromCodePoint(value);
  if (typeof value === 'string') return value;
  throw typeError('character mapping must return integer, None or str');
}

/** Methods of `str` that fill in values. */
export const FORMAT_METHODS: readonly Method<string>[] = [
  { name: 'format', call: format },
  { name: 'format_map', call: formatMap },
  { name: 'maketrans', call: (_text, args) => makeTable(args) },
  { name: 'translate', call: translate },
];
