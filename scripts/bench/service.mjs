import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../dist/config/index.js';
import { startEmbeddedPostgres } from '../../dist/store/embedded/index.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** The service as a process of its own, and a client with kept-alive connections. */
export class Service {
  /** @param settings  of the service, beside those of this process */
  static async start(settings = {}) {
    const dataDir = await mkdtemp(join(tmpdir(), 'tramontane-bench-'));
    const port = await freePort();
    const given = settings.DATABASE_URL ?? process.env.DATABASE_URL;
    const database = given ? undefined : await startEmbeddedPostgres({ dataDir, logger: silentLogger });
    const databaseUrl = database?.url ?? given;
    const env = { ...process.env, ...settings, DATABASE_URL: databaseUrl, PORT: String(port), LOG_LEVEL: 'error' };
    const child = spawn(process.execPath, [join(ROOT, 'dist/main.js')], { env, stdio: 'inherit' });
    const service = new Service(child, port, dataDir, databaseUrl, database);
    await service.ready();
    return service;
  }

  constructor(child, port, dataDir, databaseUrl, database) {
    this.databaseUrl = databaseUrl;
    this.database = database;
    /** For what only tools may do, e.g. to fill tables without checks. */
    this.superuserUrl = database?.superuserUrl ?? databaseUrl;
    this.child = child;
    this.port = port;
    this.dataDir = dataDir;
    this.agent = new Agent({ keepAlive: true, maxSockets: 64 });
    this.peakRssMb = 0;
    this.sampler = setInterval(() => this.sample(), 100);
  }

  async stop() {
    clearInterval(this.sampler);
    this.agent.destroy();
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    await this.database?.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  call(method, path, body, type = 'application/json', more = {}) {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const own = text === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) };
    const headers = { ...own, ...more };
    return new Promise((resolve, reject) => {
      const call = request(
        { port: this.port, host: '127.0.0.1', method, path: `/v2${path}`, agent: this.agent, headers },
        (answer) => {
          let data = '';
          answer.setEncoding('utf8').on('data', (part) => (data += part));
          answer.on('end', () => {
            if (answer.statusCode < 300) resolve(data === '' ? undefined : JSON.parse(data));
            else
              reject(
                Object.assign(new Error(`${method} ${path}: ${answer.statusCode} ${data.slice(0, 300)}`), {
                  status: answer.statusCode,
                }),
              );
          });
        },
      );
      call.on('error', reject);
      call.end(text);
    });
  }

  async define(yaml) {
    await this.call('POST', '/workflows', yaml, 'text/plain').catch((error) => {
      if (error.status !== 409) throw error;
    });
  }

  async start(workflow_name, input = {}) {
    return (await this.call('POST', '/executions', { workflow_name, input })).id;
  }

  /** Milliseconds from the start to a final state, seen by polling. @throws unless it is SUCCESS */
  async run(name, input) {
    const startedAt = performance.now();
    await this.end(await this.start(name, input));
    return performance.now() - startedAt;
  }

  async end(id) {
    for (let pause = 1; ; pause = Math.min(pause * 1.3, 20)) {
      const execution = await this.call('GET', `/executions/${id}`);
      if (execution.state === 'SUCCESS') return execution;
      if (['ERROR', 'CANCELLED'].includes(execution.state))
        throw new Error(`${execution.state}: ${execution.state_info}`);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  cpuSeconds() {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  sample() {
    const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'));
    if (rss !== null) this.peakRssMb = Math.max(this.peakRssMb, Number(rss[1]) / 1024);
  }

  async ready() {
    for (;;) {
      if (this.child.exitCode !== null) throw new Error('the service did not start');
      const isUp = await this.call('GET', '/workflows?limit=1').then(
        () => true,
        () => false,
      );
      if (isUp) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
