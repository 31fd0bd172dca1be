import { typeName, type Value } from '../../values/index.js';
import { indexOf, Markup, resolveSlice, sizeOf, textOf, typeError } from '../runtime/index.js';

/** An argument that has to be text. @throws {PyError} TypeError */
export function textArgument(value: Value | undefined, functionName: string): string {
  const text = textOf(value ?? null);
  if (text === undefined) throw typeError(`${functionName} argument must be str, not ${typeName(value)}`);
  return text;
}

/** An argument that has to be an int (bool counts). @throws {PyError} TypeError */
export function intArgument(value: Value | undefined): number {
  const index = indexOf(value ?? null);
  if (index === undefined) throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  return index;
}

/** Bounds `start` and `stop` (null: none) within a sequence of so many items. */
export function boundsArgument(
  start: Value | undefined,
  stop: Value | undefined,
  length: number,
): readonly [number, number] {
  const [from, to] = resolveSlice({ start: start ?? null, stop: stop ?? null, step: null }, length);
  // A start beyond the end finds nothing, not even the empty text.
  const raw = indexOf(start ?? null);
  return [raw !== undefined && raw > length ? raw : from, to];
}

/** The one character that fills up a text. @throws {PyError} TypeError */
export function fillArgument(value: Value | undefined): string {
  const fill = textArgument(value, 'fillchar');
  if (sizeOf(fill) !== 1) throw typeError('The fill character must be exactly one character long');
  return value instanceof Markup ? value.text : fill;
}
