import { type JsonCodec, typeName } from '@tramontane/plugin-sdk';

/** Whether a value is a dict, in either form that the engine has for them. */
export function isDict(value: unknown): value is object {
  return typeName(value) === 'dict';
}

/** Pairs of a dict in order; a dict with unusual keys is iterable, all others are plain objects. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (!isDict(value)) return [];
  const pairs =
    Symbol.iterator in value ? [...(value as Iterable<readonly [unknown, unknown]>)] : Object.entries(value);
  return pairs.map(([name, member]) => [String(name), member] as const);
}

/** A value as text in a URL or a header: `True` for true, as Python prints it, JSON for lists and dicts. */
export function textOf(value: unknown, json: JsonCodec): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return json.stringify(value);
}
