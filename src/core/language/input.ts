import { isDict, type Json } from '../shared/index.js';
import { namedMembers } from './raw.js';
import type { InputSpec } from './spec.js';

/** Reads `[a, {b: 1}]`; of equal names the last wins, in the place of the first. */
export function parseInput(list: Json | undefined): readonly InputSpec[] {
  const inputs = new Map<string, InputSpec>();
  for (const entry of Array.isArray(list) ? (list as readonly Json[]) : []) {
    if (typeof entry === 'string') inputs.set(entry, { name: entry, defaultValue: undefined });
    else if (isDict(entry)) {
      for (const [key, defaultValue] of namedMembers(entry)) inputs.set(key, { name: key, defaultValue });
    }
  }
  return [...inputs.values()];
}
