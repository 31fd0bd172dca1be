import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import { News } from '../engine/index.js';
import { Reads, type SeenId, type StateChange } from '../store/queries/index.js';
import { HttpProblem } from './http/index.js';

const POLL_MS = 500;
const HEARTBEAT_MS = 15_000;
const FINAL = ['SUCCESS', 'ERROR', 'CANCELLED'];

/** Sends the changes of executions to clients as server-sent events, until the end, a disconnect, or the shutdown. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  readonly #open = new Set<Stream>();

  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(News) private readonly news: News,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** @throws {HttpProblem} 503 when this process has as many streams as it may */
  checkRoom(): void {
    if (this.#open.size < this.config.maxEventStreams) return;
    throw new HttpProblem(503, `${this.config.maxEventStreams} event streams are open already; try again.`, {
      'retry-after': '5',
    });
  }

  /**
   * Follows an execution; resolves when the stream has ended.
   * @param response  its head has been written
   * @param version  the last that the client knows, 0 for none
   */
  async follow(id: SeenId, version: number, response: ServerResponse): Promise<void> {
    const stream = new Stream(response);
    const unwatch = this.news.watch(id, () => stream.wake());
    this.#open.add(stream);
    try {
      await this.send(id, version, stream);
    } catch (error) {
      // The client comes again with the last version it has.
      this.log.warn({ err: error, executionId: id }, 'an event stream broke off');
    } finally {
      unwatch();
      this.#open.delete(stream);
      response.end();
    }
  }

  onModuleDestroy(): void {
    for (const stream of this.#open) stream.close();
  }

  private async send(id: SeenId, from: number, stream: Stream): Promise<void> {
    const sent = new Map<string, string>();
    let version = from;
    while (!stream.isClosed) {
      stream.expectNews();
      const changes = await this.reads.stateChanges(id, version);
      const execution = changes.at(-1);
      const isEnd = execution?.kind === 'execution' && FINAL.includes(execution.state);
      for (const [index, change] of changes.entries()) {
        const state = `${change.state} ${change.stateInfo ?? ''}`;
        const isLast = changes[index + 1]?.version !== change.version;
        if (sent.get(change.id) !== state) stream.write(eventText(change, isLast));
        sent.set(change.id, state);
        version = change.version;
      }
      if (isEnd || (changes.length === 0 && (await this.hasEnded(id)))) return;
      await stream.news();
    }
  }

  /** A client that has seen the end, or an execution that was deleted. */
  private async hasEnded(id: SeenId): Promise<boolean> {
    const execution = (await this.reads.stateChanges(id, 0)).at(-1);
    return execution === undefined || FINAL.includes(execution.state);
  }
}

/** One client. */
class Stream {
  isClosed = false;
  #hasNews = false;
  #wake: () => void = () => undefined;
  #lastWrite = performance.now();

  constructor(private readonly response: ServerResponse) {
    response.on('close', () => this.close());
    response.on('error', () => this.close());
  }

  write(text: string): void {
    if (this.isClosed) return;
    this.#lastWrite = performance.now();
    this.response.write(text);
  }

  wake(): void {
    this.#hasNews = true;
    this.#wake();
  }

  close(): void {
    this.isClosed = true;
    this.#wake();
  }

  expectNews(): void {
    this.#hasNews = false;
  }

  /** Resolves after a commit in this process, or when it is time to look what other nodes have done. */
  async news(): Promise<void> {
    if (performance.now() - this.#lastWrite > HEARTBEAT_MS) this.write(': still here\n\n');
    if (this.#hasNews || this.isClosed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.#wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Only the last event of a version bears its number: a client that goes on from there has seen all of it. */
function eventText({ kind, id, name, state, stateInfo, version }: StateChange, isLast: boolean): string {
  const data = JSON.stringify({ id, name, state, state_info: stateInfo, version });
  return `${isLast ? `id: ${version}\n` : ''}event: ${kind}\ndata: ${data}\n\n`;
}
