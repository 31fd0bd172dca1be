import { checkHashable } from './hashing.js';
import { dictGet, isDict, UnhashableError } from '../../../shared/index.js';
import { PyTuple, textLength, textSlice, type Value } from '../../values/index.js';
import { PyBytes } from './bytes.js';
import { charactersOf } from './code-points.js';
import { typeError, valueError } from './errors.js';
import { likeText, textOf } from './markup.js';
import { PyRange } from './range.js';

/** A `[start:stop:step]` subscript, evaluated. */
export interface Slice {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

/** An index as a number: ints and bools, `undefined` for any other value; huge ints are clamped. */
export function indexOf(value: Value): number | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) ? value : undefined;
    case 'boolean':
      return Number(value);
    case 'bigint':
      return value > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
    default:
      return undefined;
  }
}

/** `object[key]` for built-in containers; `undefined` where Python raises a lookup or type error. */
export function subscript(object: Value, key: Value): Value | undefined {
  if (Array.isArray(object)) return at(object as readonly Value[], key);
  if (isDict<Value>(object)) return subscriptDict(object, key);
  if (object instanceof PyTuple) return at(object.items, key);
  const text = textOf(object);
  if (text !== undefined) return subscriptText(object, text, key);
  if (object instanceof PyBytes) return at([...object.data], key);
  if (!(object instanceof PyRange)) return undefined;
  const index = resolveIndex(key, object.length);
  return index === undefined ? undefined : object.at(index);
}

function subscriptDict(object: Parameters<typeof dictGet<Value>>[0], key: Value): Value | undefined {
  if (typeof key === 'string') return dictGet<Value>(object, key);
  try {
    checkHashable(key);
  } catch (error) {
    if (!(error instanceof UnhashableError)) throw error;
    return undefined;
  }
  return dictGet<Value>(object, key);
}

function at(items: readonly Value[], key: Value): Value | undefined {
  const index = resolveIndex(key, items.length);
  return index === undefined ? undefined : items[index];
}

function subscriptText(object: Value, text: string, key: Value): Value | undefined {
  const characters = charactersOf(text);
  const index = resolveIndex(key, characters.length);
  return index === undefined ? undefined : likeText(object, characters[index] ?? '');
}

function resolveIndex(key: Value, length: number): number | undefined {
  const raw = indexOf(key);
  if (raw === undefined) return undefined;
  const index = raw < 0 ? raw + length : raw;
  return index >= 0 && index < length ? index : undefined;
}

/** `object[slice]`; `undefined` for what can't be sliced. @throws {PyError} for a bad bound */
export function sliceOf(object: Value, slice: Slice): Value | undefined {
  if (Array.isArray(object)) return sliceArray(object as readonly Value[], slice);
  if (object instanceof PyTuple) return new PyTuple(sliceArray(object.items, slice));
  const text = textOf(object);
  if (text !== undefined) return likeText(object, sliceText(text, slice));
  if (object instanceof PyBytes) return new PyBytes(Uint8Array.from(sliceArray([...object.data], slice) as number[]));
  if (!(object instanceof PyRange)) return undefined;
  const [start, stop, step] = resolveSlice(slice, object.length);
  return object.slice(start, stop, step);
}

/** The items of a list that a slice takes. */
export function sliceArray(items: readonly Value[], slice: Slice): Value[] {
  const [start, stop, step] = resolveSlice(slice, items.length);
  if (step === 1) return items.slice(start, Math.max(start, stop));
  const result: Value[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) result.push(items[i] ?? null);
  return result;
}

function sliceText(text: string, slice: Slice): string {
  const [start, stop, step] = resolveSlice(slice, textLength(text));
  if (step === 1) return textSlice(text, start, stop);
  const characters = charactersOf(text);
  let result = '';
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) result += characters[i] ?? '';
  return result;
}

/** Bounds of a slice over so many items, as `slice.indices` gives them. */
export function resolveSlice(slice: Slice, length: number): readonly [start: number, stop: number, step: number] {
  const step = slice.step === null ? 1 : bound(slice.step);
  if (step === 0) throw valueError('slice step cannot be zero');
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  const clamp = (value: Value, preset: number): number => {
    if (value === null) return preset;
    const raw = bound(value);
    return Math.min(Math.max(raw < 0 ? raw + length : raw, low), high);
  };
  return [clamp(slice.start, step > 0 ? low : high), clamp(slice.stop, step > 0 ? high : low), step];
}

function bound(value: Value): number {
  const index = indexOf(value);
  if (index === undefined) throw typeError('slice indices must be integers or None or have an __index__ method');
  return index;
}
