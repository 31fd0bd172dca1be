import type { ActionDefinition } from '@tramontane/plugin-sdk';

/** A pack of actions that was found, imported and configured. */
export interface LoadedPack {
  /** Name of its npm package, e.g. `@tramontane/plugin-std`. */
  readonly packageName: string;
  /** Its own short name, e.g. `std`. */
  readonly name: string;
  readonly actions: readonly ActionDefinition[];
}
