import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from './free-port.js';
import { until } from './until.js';

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;

/** Whether this machine can give a spec a Redis of its own; in CI it must: what needs one fails there without it. */
export const hasRedis = isInstalled || process.env['CI'] === 'true';

/** A Redis that belongs to one spec, which may do with it what it likes. */
export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly folder: string,
  ) {}

  /** @throws {Error} when there is none on this machine */
  static async start(): Promise<RedisServer> {
    if (!isInstalled)
      throw new Error('redis-server is not installed; in CI it has to be, elsewhere its specs are skipped');
    const server = new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), 'tramontane-redis-')));
    await server.again();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it at the same address, empty. */
  async again(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    this.child = spawn('redis-server', args, { stdio: 'ignore' });
    await until(async () => (await this.command('PING')) === '+PONG');
  }

  /** SIGKILL ends it, SIGSTOP lets it hang until SIGCONT. */
  async signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    child.kill(signal);
    if (signal !== 'SIGKILL') return;
    this.child = undefined;
    await once(child, 'close');
  }

  /** What Redis answers on one line, e.g. `+OK` or `:3`, to a command for one of its databases. */
  async command(line: string, database = 0): Promise<string> {
    const socket = createConnection(this.port, '127.0.0.1');
    socket.end(`SELECT ${database}\r\n${line}\r\nQUIT\r\n`);
    const [, answer = ''] = (await text(socket)).split('\r\n');
    return answer;
  }

  async remove(): Promise<void> {
    await this.signal('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}
