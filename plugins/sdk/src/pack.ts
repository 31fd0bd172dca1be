import type { ActionDefinition } from './action.js';

/** Version of the agreement between the service and its packs; it changes only when old packs would no longer work. */
export const CONTRACT = 1;

const BRAND = 'tramontane/action-pack';

/** Values of the settings that a pack declared, as text from the environment; empty and absent ones are undefined. */
export type PackSettings = Readonly<Record<string, string | undefined>>;

/** What an author says about a pack. */
export interface PackDeclaration {
  /** Short name, the first word of the names of its actions: `acme` for `acme.ship`. */
  readonly name: string;
  readonly contract: typeof CONTRACT;
  /**
   * Environment variables that the pack wants, name to one sentence: `{ ACME_URL: 'Base address of the Acme service.' }`.
   * A pack sees these and no others.
   */
  readonly settings?: Readonly<Record<string, string>>;
  /** The actions, or a function that makes them from the settings; what it throws stops the start of the service. */
  readonly actions: readonly ActionDefinition[] | ((settings: PackSettings) => readonly ActionDefinition[]);
}

/** A pack as the service sees it; made by {@link definePack} only. */
export interface ActionPack {
  readonly $$type: typeof BRAND;
  readonly name: string;
  readonly contract: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly createActions: (settings: PackSettings) => readonly ActionDefinition[];
}

/** Makes the value that a package of actions exports as its default. */
export function definePack({ name, contract, settings = {}, actions }: PackDeclaration): ActionPack {
  const createActions = typeof actions === 'function' ? actions : () => actions;
  return { $$type: BRAND, name, contract, settings, createActions };
}

/** Tells whether a value was made by {@link definePack}, by this copy of the SDK or another. */
export function isPack(value: unknown): value is ActionPack {
  return typeof value === 'object' && value !== null && '$$type' in value && value.$$type === BRAND;
}
