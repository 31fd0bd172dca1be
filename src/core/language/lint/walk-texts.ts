import { isDict, type Json } from '../../shared/index.js';
import type { DefinitionPath } from '../errors.js';
import { namedMembers } from '../raw.js';

/** Visits every text at any depth of a value; `at` tells its path. */
export function walkTexts(
  value: Json | undefined,
  path: DefinitionPath,
  visit: (text: string, at: () => DefinitionPath) => void,
): void {
  const place = [...path];
  const walk = (part: Json | undefined): void => {
    if (typeof part === 'string') visit(part, () => [...place]);
    else if (Array.isArray(part)) walkMembers(part.entries());
    else if (isDict(part)) walkMembers(namedMembers(part));
  };
  const walkMembers = (members: Iterable<readonly [string | number, Json]>): void => {
    for (const [key, member] of members) {
      place.push(key);
      walk(member);
      place.pop();
    }
  };
  walk(value);
}
