import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, open, readFile, realpath, rmdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../config/index.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { canEnter, type OsUser, serverUser } from './os-user.js';

/** Where things lie below `DATA_DIR/postgres`, and who runs the server there. */
export interface DataFolder {
  /** `DATA_DIR` as given, for messages. */
  readonly dataDir: string;
  /** `DATA_DIR/postgres` without links. */
  readonly root: string;
  /** The files of PostgreSQL itself. */
  readonly cluster: string;
  readonly logFile: string;
  readonly lockFile: string;
  readonly user: OsUser;
}

const OUTSIDE = '/var/lib/tramontane';

/**
 * Makes `DATA_DIR/postgres`. When the server can't run as our user (root) and its user can't enter `DATA_DIR`, e.g. below
 * /root, that becomes a link to a folder of its own below /var/lib/tramontane.
 */
export async function openDataFolder(dataDir: string, logger: Logger): Promise<DataFolder> {
  await makeFolder(dataDir);
  const wanted = join(dataDir, 'postgres');
  const link = await lstat(wanted).catch(() => undefined);
  if (link?.isSymbolicLink() === true) await makeFolder(await targetOf(wanted));
  else await makeFolder(wanted);
  const user = serverUser(join(wanted, 'data'));
  if (!canEnter(user, wanted)) await moveOutside(wanted, user, logger);
  const root = await realpath(wanted);
  const at = (name: string): string => join(root, name);
  return { dataDir, root, cluster: at('data'), logFile: at('postgres.log'), lockFile: at('lock'), user };
}

/** The database's password: made once, readable by our user only. */
export async function passwordIn(root: string): Promise<string> {
  const file = join(root, 'password');
  const found = await readFile(file, 'utf8').catch(() => '');
  if (found !== '') return found;
  const made = randomBytes(24).toString('hex');
  await writeFile(file, made, { mode: 0o600, flush: true });
  return made;
}

/** Makes sure that a rename or a new file in the folder survives a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

async function targetOf(link: string): Promise<string> {
  return realpath(link).catch((error: unknown) => {
    throw new EmbeddedPostgresError(`${link} is a link to a folder that is gone: restore it, or remove the link`, {
      cause: error,
    });
  });
}

/** Folders that we make can be passed through by the server's user, whatever our umask; others are left as they are. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new EmbeddedPostgresError(`DATA_DIR: can't make the folder ${folder}`, { cause: error });
  });
  if (first !== undefined) await chmod(folder, 0o755);
}

async function moveOutside(wanted: string, user: OsUser, logger: Logger): Promise<void> {
  const target = join(OUTSIDE, randomBytes(6).toString('hex'));
  await makeFolder(OUTSIDE);
  await makeFolder(target);
  if (!canEnter(user, target)) {
    throw new EmbeddedPostgresError(`user nobody can enter neither ${wanted} nor ${target}: choose another DATA_DIR`);
  }
  await rmdir(wanted);
  await symlink(target, wanted);
  logger.warn({ link: wanted, target }, 'user nobody cannot enter DATA_DIR: the database is kept outside and linked');
}
