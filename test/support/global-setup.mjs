/** Lends the specs of a run one PostgreSQL: started when the first spec asks for it, by the socket named in the environment. */
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './typescript.mjs';

const PREFIX = 'tramontane-test-';

export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return;
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  await chmod(folder, 0o755);
  let starting;
  const asked = () => (starting ??= start(join(folder, 'data')));
  const lender = createServer((socket) => {
    socket.on('error', () => undefined);
    void asked().then(
      ({ url, superuserUrl }) => socket.end(JSON.stringify({ url, superuserUrl })),
      (error) => socket.end(JSON.stringify({ problem: error.message })),
    );
  });
  const socket = join(folder, 'socket');
  await new Promise((resolve) => lender.listen(socket, resolve));
  lender.unref();
  process.env.TEST_POSTGRES_SOCKET = socket;
  globalThis.stopTestPostgres = async () => {
    lender.close();
    await starting?.then(
      (server) => server.stop(),
      () => undefined,
    );
    await rm(folder, { recursive: true, force: true });
  };
}

/** Nothing in it outlives the run, so nothing needs to reach the disk. */
async function start(dataDir) {
  const { startEmbeddedPostgres } = await import('../../src/store/embedded/index.ts');
  const { silentLogger } = await import('../../src/config/index.ts');
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
  return startEmbeddedPostgres({ dataDir, logger: silentLogger, settings });
}

/** A run that was killed leaves its folder, and a server that ends by itself once the folder is gone. */
async function removeLeftovers() {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
