import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import { News } from '../engine/index.js';
import { type ChangesCursor, Reads, type SeenId, type StateChange, type StateChanges } from '../store/queries/index.js';
import { EventStream } from './event-stream.js';
import { HttpProblem } from './http/index.js';

/** What other nodes have done is seen so late. */
const POLL_MS = 500;
const FINAL = ['SUCCESS', 'ERROR', 'CANCELLED'];

/**
 * Sends the changes of executions to clients as server-sent events, until the end, a disconnect, or the shutdown. A client
 * is sent more when it has taken what there was; those that are at the same place share what is read for them.
 */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  readonly #open = new Set<EventStream>();
  readonly #reading = new Map<string, Promise<StateChanges>>();
  #poll: NodeJS.Timeout | undefined;
  #isPolling = false;
  /** Commits that woke streams: what was read before one is not for those that it woke. */
  #commits = 0;

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
    const stream = new EventStream(id, version, response);
    const unwatch = this.news.watch(id, () => {
      this.#commits += 1;
      stream.wake();
    });
    this.#open.add(stream);
    this.#poll ??= setInterval(() => void this.poll(), POLL_MS);
    try {
      await this.send(stream);
    } catch (error) {
      // The client comes again with the last version it has.
      this.log.warn({ err: error, executionId: id }, 'an event stream broke off');
    } finally {
      unwatch();
      this.forget(stream);
      response.end();
    }
  }

  onModuleDestroy(): void {
    for (const stream of this.#open) stream.close();
  }

  private async send(stream: EventStream): Promise<void> {
    let cursor: ChangesCursor = { version: stream.version + 1, taskId: '' };
    while (!stream.isClosed) {
      stream.expectNews();
      const changes = await this.read(stream.executionId, cursor);
      await stream.show(changes);
      cursor = changes.next;
      if (changes.hasMore) continue;
      if (hasEnded(changes.execution)) return;
      await stream.news();
    }
  }

  private read(id: SeenId, cursor: ChangesCursor): Promise<StateChanges> {
    const key = `${this.#commits} ${id} ${cursor.version} ${cursor.taskId}`;
    const known = this.#reading.get(key);
    if (known !== undefined) return known;
    const reading = this.reads.stateChanges(id, cursor).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  /** One look for all streams together. */
  private async poll(): Promise<void> {
    if (this.#isPolling) return;
    this.#isPolling = true;
    try {
      const versions = await this.reads.versions([...new Set([...this.#open].map(({ executionId }) => executionId))]);
      for (const stream of this.#open) if (versions.get(stream.executionId) !== stream.version) stream.wake();
    } catch (error) {
      this.log.debug({ err: error }, 'could not look for changes of executions; tried again');
    } finally {
      this.#isPolling = false;
    }
  }

  private forget(stream: EventStream): void {
    this.#open.delete(stream);
    if (this.#open.size > 0) return;
    clearInterval(this.#poll);
    this.#poll = undefined;
  }
}

function hasEnded(execution: StateChange | undefined): boolean {
  return execution === undefined || FINAL.includes(execution.state);
}
