import type { Value } from '../../values/index.js';

/** What a call passes, evaluated. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export const NOTHING_NAMED: ReadonlyMap<string, Value> = new Map();
export const NO_ARGUMENTS: Arguments = { positional: [], named: NOTHING_NAMED };
