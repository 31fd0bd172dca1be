import { compositeKey, dictEntries, hashKey, hashText, isDict, type Json } from '../../shared/index.js';

/** One text for all values that are equal as in Python, but true is not 1; dicts are equal in any order. */
export function identityOf(value: Json): string {
  if (typeof value === 'boolean') return value ? 'true;' : 'false;';
  if (Array.isArray(value)) return compositeKey('t', (value as readonly Json[]).map(identityOf));
  if (!isDict(value)) return hashText(hashKey(value));
  const members = dictEntries(value).map(([key, item]) => hashText(hashKey(key)) + identityOf(item));
  return compositeKey('d', members.sort());
}
