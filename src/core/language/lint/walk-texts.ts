import { isDict, type Json } from '../../shared/index.js';
import type { DefinitionPath } from '../errors.js';
import { namedMembers } from '../raw.js';

/** Visits every text at any depth of a value, with its path. */
export function walkTexts(
  value: Json | undefined,
  path: DefinitionPath,
  visit: (text: string, at: DefinitionPath) => void,
): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) {
    (value as readonly Json[]).forEach((item, index) => {
      walkTexts(item, [...path, index], visit);
    });
  } else if (isDict(value)) {
    for (const [key, member] of namedMembers(value)) walkTexts(member, [...path, key], visit);
  }
}
