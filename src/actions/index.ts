export { ACTION_PORTS, ActionsModule } from './actions.module.js';
export { ActionCatalogue, type CatalogueEntry } from './catalogue.js';
export { type DiscoveryOptions } from './discover-packs.js';
export { ExecutorModule } from './executor.module.js';
export type { LoadedPack } from './loaded-pack.js';
export type { ActionResult } from './result.js';
export { type ActionRun } from './run-action.js';
