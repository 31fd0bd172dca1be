export { ActionCatalogue, type CatalogueEntry } from './catalogue.js';
export { discoverPacks, type DiscoveryOptions } from './discover-packs.js';
export type { LoadedPack } from './loaded-pack.js';
export { PluginError } from './plugin-error.js';
export type { ActionResult } from './result.js';
export { type ActionRun, runAction } from './run-action.js';
