import {
  dictEntries,
  dictGet,
  isDict,
  pythonRepr,
  toDict,
  type Dict,
  type Json,
  type JsonObject,
} from '../shared/index.js';

/** The version that every stored entity gets, whatever the text says. */
export const VERSION = '2.0';

/** Members with their keys as texts, in order. */
export function namedMembers(dict: Dict): readonly (readonly [string, Json])[] {
  return dictEntries(dict).map(([key, value]) => [keyText(key), value]);
}

/** A key as it is shown in messages and paths. */
export function keyText(key: Json): string {
  return typeof key === 'string' ? key : pythonRepr(key);
}

/** A member that is an object; otherwise nothing. */
export function dictAt(dict: Dict, name: string): Dict | undefined {
  const value = dictGet(dict, name);
  return isDict(value) ? value : undefined;
}

/** A member as a plain object, empty unless it is an object. */
export function plainAt(dict: Dict, name: string): JsonObject | undefined {
  const value = dictAt(dict, name);
  return value === undefined ? undefined : toPlain(value);
}

export function textAt(dict: Dict, name: string): string | undefined {
  const value = dictGet(dict, name);
  return typeof value === 'string' ? value : undefined;
}

/** A plain object of a dict whose keys are texts. */
export function toPlain(dict: Dict): JsonObject {
  return Object.fromEntries(namedMembers(dict));
}

/** The dict with these members set, each where it stood before or at the end. */
export function withMembers(dict: Dict, members: JsonObject): Dict {
  return toDict([...dictEntries(dict), ...Object.entries(members)]);
}

/** Texts of a member that is a text or a list of texts. */
export function textsAt(dict: Dict, name: string): readonly string[] {
  const value = dictGet(dict, name);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Python's truth of a JSON value. */
export function isTruthy(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  if (isDict(value)) return dictEntries(value).length > 0;
  return typeof value === 'string' || typeof value === 'boolean' || Number(value) !== 0;
}
