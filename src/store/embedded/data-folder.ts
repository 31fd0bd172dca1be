import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rmdir,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
  const wanted = join(dataDir, 'postgres');
  await makeFolder(dataDir);
  if (!(await isLink(wanted))) await makeFolder(wanted);
  const user = serverUser(join(await targetOf(wanted), 'data'));
  if (!canEnter(user, await targetOf(wanted))) await letPass(dataDir);
  if (!canEnter(user, await targetOf(wanted))) await moveOutside(wanted, user, logger);
  const root = await targetOf(wanted);
  await checkWritable(root);
  const at = (name: string): string => join(root, name);
  return { dataDir, root, cluster: at('data'), logFile: at('postgres.log'), lockFile: at('lock'), user };
}

/** A password of the database: made once, readable by our user only. */
export async function passwordIn(root: string, name: string): Promise<string> {
  const file = join(root, name);
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

async function isLink(place: string): Promise<boolean> {
  const found = await lstat(place).catch(() => undefined);
  return found?.isSymbolicLink() === true;
}

async function targetOf(place: string): Promise<string> {
  return realpath(place).catch((error: unknown) => {
    throw new EmbeddedPostgresError(`${place} is a link to a folder that is gone: restore it, or remove the link`, {
      cause: error,
    });
  });
}

async function checkWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw new EmbeddedPostgresError(
      `${folder} can't be written by our user: run the service as before, or choose another DATA_DIR`,
      { cause: error },
    );
  });
}

/** Folders that we make can be passed through by the server's user, whatever our umask; others are left as they are. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new EmbeddedPostgresError(`DATA_DIR: can't make the folder ${folder}`, { cause: error });
  });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await chmod(made, 0o755);
}

/** DATA_DIR itself is ours to open; what lies in it has permissions of its own. */
async function letPass(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  await chmod(folder, (mode & 0o7777) | 0o011);
}

async function moveOutside(wanted: string, user: OsUser, logger: Logger): Promise<void> {
  const isMovable = !(await isLink(wanted)) && (await readdir(wanted)).length === 0;
  const target = join(OUTSIDE, randomBytes(6).toString('hex'));
  if (isMovable) await makeFolder(target);
  if (!isMovable || !canEnter(user, target)) {
    throw new EmbeddedPostgresError(
      `user nobody can't enter ${wanted}: choose another DATA_DIR, or run as another user`,
    );
  }
  await rmdir(wanted);
  await symlink(target, wanted);
  logger.warn({ link: wanted, target }, 'user nobody cannot enter DATA_DIR: the database is kept outside and linked');
}
