import { DECLARATIONS } from './functions/index.js';
import type { Declaration } from './runtime/frame.js';
import type { Registry } from './runtime/frame.js';

const NONE: readonly Declaration[] = [];
const functions = byName((declaration) => declaration.style !== 'method');
const methods = byName((declaration) => declaration.style !== 'function');

/** The functions that every expression may call. */
export const registry: Registry = (name, isMethod) => (isMethod ? methods : functions).get(name) ?? NONE;

function byName(isWanted: (declaration: Declaration) => boolean): ReadonlyMap<string, readonly Declaration[]> {
  const table = new Map<string, Declaration[]>();
  for (const declaration of DECLARATIONS) {
    if (!isWanted(declaration)) continue;
    for (const name of declaration.names) table.set(name, [...(table.get(name) ?? []), declaration]);
  }
  return table;
}
