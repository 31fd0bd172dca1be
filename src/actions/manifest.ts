import { isAbsolute, relative, resolve } from 'node:path';
import { CONTRACT } from '@tramontane/plugin-sdk';
import type { PackageFolder } from './package-folders.js';
import { PluginError } from './plugin-error.js';

const KEYWORD = 'tramontane-plugin';

/** A package that says it is a pack, and the file that exports it. */
export interface PackManifest {
  readonly packageName: string;
  /** Absolute path of the compiled module, e.g. `…/plugin-std/dist/index.js`. */
  readonly file: string;
}

/** Name of the package if it has the keyword `tramontane-plugin`, else undefined. */
export function pluginName({ json, folder }: PackageFolder): string | undefined {
  if (!Array.isArray(json.keywords) || !json.keywords.includes(KEYWORD)) return undefined;
  return typeof json.name === 'string' ? json.name : folder;
}

/**
 * Reads the field `"tramontane": {"contract": 1, "actions": "./dist/index.js"}`.
 * @throws {PluginError} with one sentence that names the package and what is wrong
 */
export function readManifest(packageName: string, { folder, json }: PackageFolder): PackManifest {
  const field = json.tramontane;
  if (typeof field !== 'object' || field === null)
    throw wrong(packageName, `has the keyword ${KEYWORD} but no field "tramontane"`);
  const { contract, actions } = field as { readonly contract?: unknown; readonly actions?: unknown };
  if (contract !== CONTRACT) throw wrong(packageName, contractProblem(contract));
  if (typeof actions !== 'string')
    throw wrong(packageName, 'needs the path of its module in "tramontane.actions", as in "./dist/index.js"');
  const file = resolve(folder, actions);
  const inside = relative(folder, file);
  if (isAbsolute(inside) || inside.startsWith('..'))
    throw wrong(packageName, `has a module outside of its folder in "tramontane.actions", "${actions}"`);
  return { packageName, file };
}

/** Says which contract was found and which one this service keeps. */
export function contractProblem(contract: unknown): string {
  const found = contract === undefined ? 'no contract version' : `contract version ${JSON.stringify(contract)}`;
  return `has ${found} where this service needs ${CONTRACT}`;
}

/** A sentence about a package. */
export function wrong(packageName: string, what: string, cause?: unknown): PluginError {
  return new PluginError(`Plugin package "${packageName}" ${what}.`, { cause });
}
