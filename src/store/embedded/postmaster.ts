import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SERVER_ENV } from './binaries.js';
import type { DataFolder } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isAlive, worksIn } from './process-info.js';
import { commandLine } from './server-settings.js';

/** A server that runs, by the number of its first process. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** What the server writes about itself: `status` is starting, ready or stopping. */
interface PidFile extends Postmaster {
  readonly status: string;
}

const POLL_MS = 20;
const FAST_STOP_MS = 30_000;
const LOG_LIMIT_BYTES = 8 * 1024 * 1024;

/** The server that already works in the folder, left by a process that was killed; a file left by a dead one is removed. */
export async function findPostmaster({ cluster }: DataFolder): Promise<Postmaster | undefined> {
  const found = await readPidFile(cluster);
  if (found === undefined) return undefined;
  if (isAlive(found.pid) && worksIn(found.pid, cluster)) return found;
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

/**
 * Starts a server and waits until it answers, however long its recovery takes.
 * @throws {EmbeddedPostgresError} with the end of its log when it gives up
 */
export async function startPostmaster(
  folder: DataFolder,
  program: string,
  settings: Readonly<Record<string, string>>,
  port: number,
): Promise<Postmaster> {
  const { log, from } = await openLog(folder.logFile);
  const args = commandLine(folder.cluster, settings, port);
  const options = { ...folder.user, cwd: '/', env: SERVER_ENV, detached: true } as const;
  const child = spawn(program, args, { ...options, stdio: ['ignore', log.fd, log.fd] });
  await once(child, 'spawn').finally(() => log.close());
  child.unref();
  const pid = child.pid ?? 0;
  if (await becomesReady(folder.cluster, pid)) return { pid, port };
  const lines = (await readFile(folder.logFile, 'utf8')).slice(from).trim();
  throw new EmbeddedPostgresError(`PostgreSQL did not start: ${lines || 'it ended without a word'}`);
}

/** Waits until the server is ready; false when it ends, or is about to. */
export async function becomesReady(cluster: string, pid: number): Promise<boolean> {
  while (isAlive(pid)) {
    const file = await readPidFile(cluster);
    if (file?.pid === pid && file.status === 'ready') return true;
    if (file?.pid === pid && file.status === 'stopping') return false;
    await delay(POLL_MS);
  }
  return false;
}

/** Stops the server as PostgreSQL's "fast" mode does: open transactions end, everything committed is written. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  const deadline = performance.now() + FAST_STOP_MS;
  signalPostmaster(cluster, pid, 'SIGINT');
  while (worksIn(pid, cluster) && performance.now() < deadline) await delay(POLL_MS);
  // Immediate shutdown: nothing committed is lost, the next start reads the write-ahead log.
  signalPostmaster(cluster, pid, 'SIGQUIT');
  while (worksIn(pid, cluster)) await delay(POLL_MS);
}

/** Sends the signal unless the server has ended and its number belongs to another process. */
export function signalPostmaster(cluster: string, pid: number, name: NodeJS.Signals): void {
  if (worksIn(pid, cluster)) process.kill(pid, name);
}

/** A port of 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() } : undefined;
}

async function openLog(
  file: string,
): Promise<{ readonly log: Awaited<ReturnType<typeof open>>; readonly from: number }> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(file, `${file}.1`);
  return { log: await open(file, 'a', 0o600), from: size > LOG_LIMIT_BYTES ? 0 : size };
}
