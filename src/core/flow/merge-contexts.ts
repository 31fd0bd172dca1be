import { dictEntries, isDict, type Json, type JsonObject, jsonEquals, mergeDicts } from '../shared/index.js';
import type { Context, MergeStrategy } from './context-types.js';

export const EMPTY_CONTEXT: Context = { values: {}, versions: new Map() };

/** Variables after a publish; `replace` sets whole values, `merge` goes into dicts. */
export function publishInto(context: Context, published: JsonObject | null, strategy: MergeStrategy): Context {
  if (published === null || Object.keys(published).length === 0) return context;
  const values =
    strategy === 'merge' ? (mergeDicts(context.values, published) as JsonObject) : { ...context.values, ...published };
  const versions = new Map(context.versions);
  for (const path of leafPaths(published, '')) versions.set(path, (versions.get(path) ?? 0) + 1);
  return { values, versions };
}

/** Merge of the contexts of several branches, given in order of creation; on equal versions the last branch wins. */
export function mergeContexts(contexts: readonly Context[]): Context {
  const last = contexts.at(-1);
  if (last === undefined) return EMPTY_CONTEXT;
  return contexts.slice(0, -1).reduceRight(mergeTwo, last);
}

function mergeTwo(left: Context, right: Context): Context {
  if (left === right || left.values === right.values) return left;
  const values = mergeValues(left.values, right.values, '', left.versions, right.versions) as JsonObject;
  if (left.versions === right.versions) return { values, versions: left.versions };
  const versions = new Map(left.versions);
  for (const [path, version] of right.versions) if (version > (versions.get(path) ?? 0)) versions.set(path, version);
  return { values, versions };
}

function mergeValues(
  left: JsonObject,
  right: JsonObject,
  prefix: string,
  leftVersions: ReadonlyMap<string, number>,
  rightVersions: ReadonlyMap<string, number>,
): Json {
  const merged: Record<string, Json> = { ...left };
  for (const [key, theirs] of dictEntries(right) as Iterable<[string, Json]>) {
    const ours = left[key];
    if (ours === theirs && ours !== undefined) continue;
    if (!Object.hasOwn(left, key) || ours === undefined) merged[key] = theirs;
    else if (isPlain(ours) && isPlain(theirs))
      merged[key] = mergeValues(ours, theirs, `${prefix}${key}.`, leftVersions, rightVersions);
    else if (
      !jsonEquals(ours, theirs) &&
      versionOf(rightVersions, prefix + key) > versionOf(leftVersions, prefix + key)
    )
      merged[key] = theirs;
  }
  return merged;
}

function versionOf(versions: ReadonlyMap<string, number>, path: string): number {
  return versions.get(path) ?? 0;
}

function isPlain(value: Json): value is JsonObject {
  return isDict(value) && Object.getPrototypeOf(value) === Object.prototype;
}

function* leafPaths(value: JsonObject, prefix: string): Iterable<string> {
  for (const [key, item] of Object.entries(value)) {
    if (isPlain(item)) yield* leafPaths(item, `${prefix}${key}.`);
    else yield prefix + key;
  }
}
