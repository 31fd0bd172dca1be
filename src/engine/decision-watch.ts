import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { LOGGER, type Logger } from '../config/index.js';
import { Database, SESSION_LOCK } from '../store/index.js';

/** What the watching thread is given. */
export interface WatchData {
  readonly url: string;
  readonly session: number;
  readonly sessionLock: number;
  /** `[number of the decision, length of the id in bytes or 0 between decisions]` */
  readonly state: Int32Array;
  readonly id: Uint8Array;
}

const LONGEST_ID_BYTES = 256;
const PROGRAM = new URL('./watch-thread.js', import.meta.url.replace(/\/src\/(?=engine\/)/, '/dist/'));

/**
 * Shows a thread of its own which decision is being taken. The thread notes one that takes long in the database, and takes
 * the note away when it ends: a note that stays is of a decision that the process did not survive.
 */
@Injectable()
export class DecisionWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly state = new Int32Array(new SharedArrayBuffer(8));
  private readonly id = new Uint8Array(new SharedArrayBuffer(LONGEST_ID_BYTES));
  private readonly encoder = new TextEncoder();
  private thread: Worker | undefined;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { url } = this.database.dataSource.options as { readonly url?: string };
    if (url === undefined || !existsSync(PROGRAM)) return;
    const session = randomInt(1, 2 ** 31);
    const workerData: WatchData = { url, session, sessionLock: SESSION_LOCK, state: this.state, id: this.id };
    this.thread = new Worker(PROGRAM, {
      workerData,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 32 },
    });
    this.thread.on('error', (error) => this.logger.warn({ err: error }, 'decisions are not watched any more'));
    this.thread.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.terminate();
  }

  /** @param decide  synchronous */
  during<T>(executionId: string, decide: () => T): T {
    const { written } = this.encoder.encodeInto(executionId, this.id);
    Atomics.add(this.state, 0, 1);
    Atomics.store(this.state, 1, written);
    try {
      return decide();
    } finally {
      Atomics.store(this.state, 1, 0);
    }
  }
}
