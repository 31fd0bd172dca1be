import pg from 'pg';
import { workerData } from 'node:worker_threads';
import type { WatchData } from './decision-watch.js';

const LOOK_EVERY_MS = 50;
/** A decision that takes so long is one that the process may not survive. */
const LONG_MS = 250;

const { url, session, sessionLock, state, id } = workerData as WatchData;
let client: Promise<pg.Client> | undefined;
let seen = { number: 0, sinceMs: 0 };
let noted: string | undefined;
let isBusy = false;

setInterval(() => {
  if (!isBusy) void look();
}, LOOK_EVERY_MS);

async function look(): Promise<void> {
  const now = performance.now();
  const [number, length] = [Atomics.load(state, 0), Atomics.load(state, 1)];
  if (length === 0 || number !== seen.number) {
    seen = { number, sinceMs: now };
    if (noted !== undefined) await attempt(takeBack);
  } else if (noted === undefined && now - seen.sinceMs >= LONG_MS) {
    await attempt(() => note(new TextDecoder().decode(id.slice(0, length))));
  }
}

async function note(executionId: string): Promise<void> {
  const connection = await connected();
  noted = executionId;
  await connection.query('INSERT INTO fatal_decisions (execution_id, session) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    executionId,
    session,
  ]);
}

async function takeBack(): Promise<void> {
  const connection = await connected();
  await connection.query('DELETE FROM fatal_decisions WHERE session = $1', [session]);
  noted = undefined;
}

/** Where the database is away, the next look tries again. */
async function attempt(work: () => Promise<void>): Promise<void> {
  isBusy = true;
  try {
    await work();
  } catch {
    client = undefined;
  } finally {
    isBusy = false;
  }
}

async function connected(): Promise<pg.Client> {
  client ??= connect();
  return client;
}

async function connect(): Promise<pg.Client> {
  const made = new pg.Client({ connectionString: url, application_name: 'tramontane-watch', keepAlive: true });
  made.on('error', () => (client = undefined));
  await made.connect();
  await made.query('SELECT pg_try_advisory_lock($1, $2)', [sessionLock, session]);
  return made;
}
