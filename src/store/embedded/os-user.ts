import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** The account that runs the server's programs; undefined for our own. */
export type OsUser = { readonly uid: number; readonly gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root, so root hands it to the owner of the existing database, or to `nobody`.
 * @param cluster  the database's folder, which need not exist yet
 * @throws {EmbeddedPostgresError} when the database belongs to somebody else, or our user has no name
 */
export function serverUser(cluster: string): OsUser {
  const own = process.getuid?.();
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (own !== 0) {
    checkOwnName();
    if (owner === undefined || owner.uid === own) return undefined;
    throw new EmbeddedPostgresError(
      `${cluster} belongs to user ${String(owner.uid)}, not to ours: run the service as before, or choose another DATA_DIR`,
    );
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Whether that user can enter the folder: one closed folder on the way is enough to keep it out. */
export function canEnter(user: OsUser, folder: string): boolean {
  const options = { ...user, cwd: '/', stdio: 'ignore', env: {} } as const;
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], options).status === 0;
}

function idOf(flag: '-u' | '-g'): number {
  try {
    // macOS prints -2 for the unsigned number that it means.
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })) >>> 0;
  } catch (error) {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root and there is no user "nobody": run the service as another user, or set DATABASE_URL',
      { cause: error },
    );
  }
}

function checkOwnName(): void {
  try {
    userInfo();
  } catch (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL needs a user with a name and ours, ${String(process.getuid?.())}, has none in /etc/passwd: ` +
        'run the service as a user that has one, or set DATABASE_URL',
      { cause: error },
    );
  }
}
