import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Binaries, SERVER_ENV } from './binaries.js';
import { type DataFolder, syncFolder } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { OsUser } from './os-user.js';
import { SUPERUSER } from './superuser.js';

const MAJOR_VERSION = '18';

/** Makes the files of an empty database unless they exist; an attempt that was cut off is begun anew. */
export async function ensureCluster(folder: DataFolder, binaries: Binaries, password: string): Promise<void> {
  const version = await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined) {
    checkVersion(folder, version.trim());
    return;
  }
  const draft = `${folder.cluster}.new`;
  const passwordFile = `${draft}-password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (folder.user !== undefined) {
    for (const place of [draft, passwordFile]) await chown(place, folder.user.uid, folder.user.gid);
  }
  await initdb(binaries, draft, passwordFile, folder.user).finally(() => rm(passwordFile, { force: true }));
  await rename(draft, folder.cluster);
  await syncFolder(folder.root);
}

function checkVersion({ cluster }: DataFolder, version: string): void {
  if (version === MAJOR_VERSION) return;
  throw new EmbeddedPostgresError(
    `${cluster} was written by PostgreSQL ${version} and this service brings ${MAJOR_VERSION}: ` +
      'dump it with the former release of the service, or choose another DATA_DIR',
  );
}

async function initdb(binaries: Binaries, cluster: string, passwordFile: string, user: OsUser): Promise<void> {
  const options = [
    `--pgdata=${cluster}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  // In a process group of its own: a Ctrl-C in the terminal is for the service, which ends when it is done with this.
  const child = spawn(binaries.initdb, options, {
    ...user,
    cwd: '/',
    env: SERVER_ENV,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [stderr, [code]] = await Promise.all([text(child.stderr), ended]);
  if (code !== 0) throw new EmbeddedPostgresError(`initdb failed: ${stderr.trim() || `it ended with ${String(code)}`}`);
}
