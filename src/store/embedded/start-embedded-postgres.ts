import { resolve } from 'node:path';
import type { Logger } from '../../config/index.js';
import { findBinaries, packagedNative } from './binaries.js';
import { ensureCluster } from './cluster.js';
import { type DataFolder, openDataFolder, passwordIn } from './data-folder.js';
import { takeLock } from './lock-file.js';
import { becomesReady, findPostmaster, type Postmaster, stopPostmaster } from './postmaster.js';
import { runsWith } from './server-settings.js';
import { DATABASE, ensureServiceRole } from './service-role.js';
import { Superuser } from './superuser.js';
import { Supervisor } from './supervisor.js';

export interface EmbeddedPostgresOptions {
  /** Folder that keeps the database, e.g. `./data`; made when absent. */
  readonly dataDir: string;
  readonly logger: Logger;
  /** Settings of PostgreSQL on top of ours, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A server of our own. */
export interface EmbeddedPostgres {
  /** `postgres://tramontane_service:…@127.0.0.1:41234/tramontane`; stays the same while the process lives. */
  readonly url: string;
  /** To the same database, for tools and specs that make others; the service itself never uses it. */
  readonly superuserUrl: string;
  /** Ends the server with everything committed on disk, and gives the folder back. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL from the npm package, as a process of its own, on the database in `dataDir`. A server that a killed
 * process left running is adopted; a server that is killed is started again on the same port.
 * @throws {EmbeddedPostgresError} when there is no package for this machine, another process holds the folder, …
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const native = packagedNative();
  const folder = await openDataFolder(resolve(options.dataDir), options.logger);
  const unlock = await takeLock(folder.lockFile, folder.dataDir);
  try {
    const binaries = await findBinaries(native, folder.root, folder.user);
    const password = await passwordIn(folder.root, 'password');
    const servicePassword = await passwordIn(folder.root, 'service-password');
    await ensureCluster(folder, binaries, password);
    const supervisor = new Supervisor(folder, binaries.postgres, options.settings ?? {}, options.logger);
    const { port } = await supervisor.start(await adopt(folder, options, password));
    const superuser = new Superuser(password, port);
    const url = await ensureServiceRole(superuser, servicePassword).catch(async (error: unknown) => {
      await supervisor.stop();
      throw error;
    });
    return { url, superuserUrl: superuser.url(DATABASE), stop: () => supervisor.stop().finally(unlock) };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Keeps a server that was left running when it has our settings and answers; ends it otherwise. */
async function adopt(
  folder: DataFolder,
  { settings = {}, logger }: EmbeddedPostgresOptions,
  password: string,
): Promise<Postmaster | undefined> {
  const found = await findPostmaster(folder);
  if (found === undefined) return undefined;
  const isWanted = await runsWith(folder.cluster, settings, found.port);
  if (
    isWanted &&
    (await becomesReady(folder.cluster, found.pid)) &&
    (await new Superuser(password, found.port).answers())
  ) {
    logger.info({ pid: found.pid }, 'embedded PostgreSQL was left running and is used again');
    return found;
  }
  logger.info({ pid: found.pid }, 'embedded PostgreSQL was left running and is stopped');
  await stopPostmaster(folder.cluster, found.pid);
  return undefined;
}
