import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { startOf } from './process-info.js';

interface Holder {
  readonly pid: number;
  readonly start: string;
}

const ATTEMPTS = 50;

/**
 * Takes the folder of the lock file for this process; a lock whose process was killed is taken over.
 * @returns  a function that gives the folder back
 * @throws {EmbeddedPostgresError} naming the process that holds it
 */
export async function takeLock(file: string, folder: string): Promise<() => Promise<void>> {
  const mine = JSON.stringify({ pid: process.pid, start: startOf(process.pid), id: randomUUID() });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await create(file, mine)) return () => release(file, mine);
    const found = await readFile(file, 'utf8').catch(() => undefined);
    const holder = found === undefined ? undefined : parseHolder(found);
    if (holder !== undefined && startOf(holder.pid) === holder.start)
      throw new EmbeddedPostgresError(inUse(folder, holder));
    if (found !== undefined) await removeStale(file, found);
    else await delay(20);
  }
  throw new EmbeddedPostgresError(`${file}: other processes take this lock again and again; start one at a time`);
}

/** Appears at once and complete, or not at all. */
async function create(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o644 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Two processes may find the same stale lock; the slower one must not remove the new lock of the faster. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  const moved = await rename(file, aside).then(
    () => readFile(aside, 'utf8'),
    () => undefined,
  );
  if (moved !== undefined && moved !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function release(file: string, mine: string): Promise<void> {
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found === mine) await rm(file, { force: true });
}

function parseHolder(content: string): Holder | undefined {
  try {
    const { pid, start } = JSON.parse(content) as Partial<Holder>;
    return typeof pid === 'number' && typeof start === 'string' ? { pid, start } : undefined;
  } catch {
    return undefined;
  }
}

function inUse(folder: string, { pid }: Holder): string {
  const who = pid === process.pid ? 'this process itself' : `process ${String(pid)}`;
  return `DATA_DIR ${folder} is in use by ${who}: stop it, or choose another DATA_DIR`;
}
