import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from './client.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = Number(process.env.ISOLATION_STOP_MS ?? 10_000);
const RSS_EVERY_MS = 50;

/** The service as its users start it, with a small heap, on a database of its own; it may be killed and started again. */
export class Host {
  static async start(settings = {}) {
    const dataDir = await mkdtemp(join(tmpdir(), 'tramontane-isolation-'));
    const host = new Host(await freePort(), dataDir, settings);
    await host.spawn();
    return host;
  }

  constructor(port, dataDir, settings) {
    this.port = port;
    this.dataDir = dataDir;
    this.settings = settings;
    this.log = [];
    this.peakRssMb = 0;
  }

  /** Resolves when it answers; `startMs` is how long that took. @throws with the end of its log */
  async spawn() {
    const startedAt = performance.now();
    const env = {
      ...inherited(),
      LOG_LEVEL: 'warn',
      HTTP_DENIED_CIDRS: 'none',
      ...this.settings,
      PORT: `${this.port}`,
      DATA_DIR: this.dataDir,
    };
    const flags = ['--max-old-space-size=512', ...(process.env.ISOLATION_NODE_FLAGS ?? '').split(' ').filter(Boolean)];
    const child = spawn(process.execPath, [...flags, join(ROOT, 'dist/main.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => this.#keep(part));
    this.sampler = setInterval(() => this.#sample(), RSS_EVERY_MS);
    await this.#ready(startedAt + START_LIMIT_MS);
    this.startMs = performance.now() - startedAt;
  }

  get isAlive() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** How its process ended, e.g. `SIGABRT`. */
  get end() {
    return this.child.signalCode ?? `exit ${this.child.exitCode}`;
  }

  async kill(signal = 'SIGKILL') {
    clearInterval(this.sampler);
    if (!this.isAlive) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }

  /** Ends it and its database, whatever state they are in, and removes its files. */
  async stop() {
    const hard = setTimeout(() => this.child.kill('SIGKILL'), STOP_LIMIT_MS);
    await this.kill('SIGTERM');
    clearTimeout(hard);
    await this.#stopDatabase();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  /** For rows that would take too long to make over HTTP. */
  get databaseUrl() {
    const folder = join(this.dataDir, 'postgres');
    const password = readFileSync(join(folder, 'password'), 'utf8').trim();
    const [, , , port] = readFileSync(this.#pidFile(), 'utf8').split('\n');
    return `postgres://tramontane:${password}@127.0.0.1:${port}/tramontane`;
  }

  #pidFile() {
    return join(this.dataDir, 'postgres', 'data', 'postmaster.pid');
  }

  /** A killed service leaves its database, for the next start to adopt. */
  async #stopDatabase() {
    if (!existsSync(this.#pidFile())) return;
    const pid = Number(readFileSync(this.#pidFile(), 'utf8').split('\n')[0]);
    try {
      process.kill(pid, 'SIGINT');
      for (let left = 100; left > 0; left--) {
        process.kill(pid, 0);
        await pause(50);
      }
      process.kill(pid, 'SIGQUIT');
    } catch {
      // It is gone.
    }
  }

  async #ready(until) {
    while (performance.now() < until) {
      if (!this.isAlive) throw new Error(`the service has ended with ${this.end}:\n${this.log.join('').slice(-2000)}`);
      const answer = await send(this.port, 'GET', '/v2/', { timeoutMs: 1000 }).catch(() => undefined);
      if (answer?.status === 200) return;
      await pause(50);
    }
    throw new Error(`the service does not answer after ${START_LIMIT_MS} ms`);
  }

  #keep(part) {
    this.log.push(part.toString());
    if (this.log.length > 500) this.log.splice(0, 250);
  }

  #sample() {
    try {
      const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8')) ?? [];
      if (kb !== undefined) this.peakRssMb = Math.max(this.peakRssMb, Number(kb) / 1024);
    } catch {
      clearInterval(this.sampler);
    }
  }
}

function inherited() {
  return Object.fromEntries(['PATH', 'HOME', 'TMPDIR', 'LANG'].map((name) => [name, process.env[name] ?? '']));
}

/** A port of this machine that nobody uses. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
