import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PluginError } from './plugin-error.js';

/** A package.json as far as discovery reads it; nothing in it is trusted yet. */
export interface PackageJson {
  readonly name?: unknown;
  readonly keywords?: unknown;
  readonly dependencies?: unknown;
  readonly optionalDependencies?: unknown;
  readonly tramontane?: unknown;
}

/** A folder with a package.json. */
export interface PackageFolder {
  /** Real path, without symbolic links. */
  readonly folder: string;
  readonly json: PackageJson;
}

/** Where packages are looked for, in this order; a package found twice counts once. */
export interface SearchPlaces {
  /** Folder of the application's own package.json: its dependencies and its `plugins/` folder are searched. */
  readonly appDir: string;
  /** One more folder of packages, e.g. `/opt/tramontane/plugins`. */
  readonly pluginsDir?: string;
}

/**
 * All packages that may hold actions.
 * @throws {PluginError} when `pluginsDir` can't be read or a package.json is no JSON
 */
export async function findPackages({ appDir, pluginsDir }: SearchPlaces): Promise<readonly PackageFolder[]> {
  const folders = [
    ...(await dependencyFolders(appDir)),
    ...(await subfolders(join(appDir, 'plugins'))),
    ...(pluginsDir === undefined ? [] : await configuredFolders(pluginsDir)),
  ];
  const real = new Set(await Promise.all(folders.map((folder) => realpath(folder))));
  const found = await Promise.all([...real].map(readPackage));
  return found.filter((item) => item !== undefined);
}

async function dependencyFolders(appDir: string): Promise<readonly string[]> {
  const app = await readPackage(appDir);
  const names = [app?.json.dependencies, app?.json.optionalDependencies].flatMap(keysOf);
  const folders = await Promise.all(names.map((name) => installedFolder(appDir, name)));
  return folders.filter((folder) => folder !== undefined);
}

/** As Node resolves a package: the nearest node_modules upwards that has it. */
async function installedFolder(from: string, name: string): Promise<string | undefined> {
  const folder = join(from, 'node_modules', name);
  if ((await readText(join(folder, 'package.json'))) !== undefined) return folder;
  const parent = dirname(from);
  return parent === from ? undefined : installedFolder(parent, name);
}

async function configuredFolders(pluginsDir: string): Promise<readonly string[]> {
  try {
    await readdir(pluginsDir);
  } catch (error) {
    throw new PluginError(`PLUGINS_DIR "${pluginsDir}" can't be read.`, { cause: error });
  }
  return subfolders(pluginsDir);
}

/** Folders in a folder, those inside of `@scope` folders too; none when it doesn't exist. */
async function subfolders(parent: string): Promise<readonly string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((e) => (e.isDirectory() || e.isSymbolicLink()) && !e.name.startsWith('.'))
    .map((e) => e.name);
  const nested = names.sort().map(async (name) => {
    const folder = join(parent, name);
    return name.startsWith('@') ? subfolders(folder) : [folder];
  });
  return (await Promise.all(nested)).flat();
}

async function readPackage(folder: string): Promise<PackageFolder | undefined> {
  const text = await readText(join(folder, 'package.json'));
  if (text === undefined) return undefined;
  try {
    const json = JSON.parse(text) as unknown;
    return { folder, json: typeof json === 'object' && json !== null ? json : {} };
  } catch (error) {
    throw new PluginError(`"${join(folder, 'package.json')}" is no JSON.`, { cause: error });
  }
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
