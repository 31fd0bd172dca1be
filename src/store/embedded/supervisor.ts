import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../config/index.js';
import type { DataFolder } from './data-folder.js';
import { freePort, type Postmaster, signalPostmaster, startPostmaster, stopPostmaster } from './postmaster.js';
import { isAlive } from './process-info.js';

const WATCH_MS = 250;
const RETRY_MS = 300;
const RETRIES = 40;

/** Keeps one server running until it is stopped: starts it again, on the same port, when something kills it. */
export class Supervisor {
  private running: Postmaster | undefined;
  private watch: NodeJS.Timeout | undefined;
  private restarting: Promise<void> | undefined;
  private isStopped = false;
  private readonly onExit = (): void => {
    if (this.running !== undefined) signalPostmaster(this.folder.cluster, this.running.pid, 'SIGINT');
  };

  constructor(
    private readonly folder: DataFolder,
    private readonly program: string,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly logger: Logger,
  ) {}

  /** @param adopted  a server that already runs */
  async start(adopted: Postmaster | undefined): Promise<Postmaster> {
    this.running = adopted ?? (await this.launch());
    this.watch = setInterval(() => this.check(), WATCH_MS).unref();
    process.once('exit', this.onExit);
    return this.running;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.watch);
    await this.restarting;
    process.removeListener('exit', this.onExit);
    if (this.running !== undefined) await stopPostmaster(this.folder.cluster, this.running.pid);
    this.running = undefined;
  }

  private check(): void {
    const server = this.running;
    if (server === undefined || this.restarting !== undefined || isAlive(server.pid)) return;
    this.logger.error(
      { pid: server.pid, log: this.folder.logFile },
      'embedded PostgreSQL has ended; starting it again',
    );
    this.running = undefined;
    this.restarting = this.restart(server.port).finally(() => (this.restarting = undefined));
  }

  private async restart(port: number): Promise<void> {
    while (this.running === undefined && !this.isStopped) {
      try {
        this.running = await this.launch(port);
        this.logger.info({ pid: this.running.pid }, 'embedded PostgreSQL runs again');
      } catch (error) {
        this.logger.error({ err: error }, 'embedded PostgreSQL does not start again; still trying');
      }
    }
  }

  /** The port may be taken by another program meanwhile, and processes of a killed server need a moment to end. */
  private async launch(wantedPort?: number): Promise<Postmaster> {
    for (let retries = RETRIES; ; retries -= 1) {
      const port = wantedPort ?? (await freePort());
      try {
        return await startPostmaster(this.folder, this.program, this.settings, port);
      } catch (error) {
        if (retries === 0 || this.isStopped || !isPassing(error)) throw error;
        await delay(RETRY_MS);
      }
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && /could not bind|shared memory block|lock file/.test(error.message);
}
