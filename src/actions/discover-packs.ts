import { pathToFileURL } from 'node:url';
import { type ActionPack, CONTRACT, isPack } from '@tramontane/plugin-sdk';
import type { LoadedPack } from './loaded-pack.js';
import { contractProblem, type PackManifest, pluginName, readManifest, wrong } from './manifest.js';
import { findPackages, type SearchPlaces } from './package-folders.js';

/** Where packs are looked for, which are taken, and what they are told. */
export interface DiscoveryOptions extends SearchPlaces {
  /** Package names, `*` standing for any text; empty or absent: all, e.g. `['@tramontane/*', 'acme-actions']`. */
  readonly include?: readonly string[];
  /** Package names to leave out; wins over `include`. */
  readonly exclude?: readonly string[];
  /** Text of an environment variable; asked only for the settings that a pack declares. */
  readonly setting?: (name: string) => string | undefined;
}

/**
 * Finds, imports and configures the packs of actions. A package is a pack when its package.json has the keyword
 * `tramontane-plugin` and a field `tramontane`; nothing of a package is run before that is read and the patterns allow it.
 * @throws {PluginError} for the first pack that can't be used, with one sentence that names it
 */
export async function discoverPacks(options: DiscoveryOptions): Promise<readonly LoadedPack[]> {
  const manifests: PackManifest[] = [];
  for (const found of await findPackages(options)) {
    const name = pluginName(found);
    if (name !== undefined && isWanted(name, options)) manifests.push(readManifest(name, found));
  }
  return Promise.all(manifests.map((manifest) => loadPack(manifest, options.setting ?? (() => undefined))));
}

function isWanted(name: string, { include = [], exclude = [] }: DiscoveryOptions): boolean {
  const isIn = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, name));
  return (include.length === 0 || isIn(include)) && !isIn(exclude);
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

async function loadPack(manifest: PackManifest, setting: (name: string) => string | undefined): Promise<LoadedPack> {
  const { packageName } = manifest;
  const pack = await importPack(manifest);
  const settings = Object.fromEntries(Object.keys(pack.settings).map((name) => [name, setting(name)]));
  try {
    return { packageName, name: pack.name, actions: pack.createActions(settings) };
  } catch (error) {
    throw wrong(packageName, `can't be configured: ${messageOf(error)}`, error);
  }
}

async function importPack({ packageName, file }: PackManifest): Promise<ActionPack> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  } catch (error) {
    throw wrong(packageName, `can't be loaded from "${file}": ${messageOf(error)}`, error);
  }
  const pack = module.default;
  if (!isPack(pack)) throw wrong(packageName, 'does not export the result of definePack() as its default');
  if (pack.contract !== CONTRACT) throw wrong(packageName, contractProblem(pack.contract));
  return pack;
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/\.$/, '');
}
