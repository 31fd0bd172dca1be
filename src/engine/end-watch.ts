import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, type Logger } from '../config/index.js';
import { Database, LookupStore } from '../store/index.js';
import { News } from './news.js';

/** An end that another node decides is seen so late. */
const LOOK_AGAIN_MS = 500;

/** Tells a waiting caller whether the execution has ended. */
type Wake = (hasEnded: boolean) => void;

/**
 * Callers that wait for executions to end. Commits of this process wake them at once; what other nodes decide is found
 * by one look for all of them together.
 */
@Injectable()
export class EndWatch implements OnModuleDestroy {
  private readonly waiting = new Map<string, Set<Wake>>();
  private readonly toLookAt = new Set<string>();
  private isLooking = false;
  private interval: NodeJS.Timeout | undefined;

  constructor(
    news: News,
    private readonly database: Database,
    private readonly lookups: LookupStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    news.subscribe(({ ended }) => {
      for (const id of ended) this.wake(id, true);
    });
  }

  /** Executions that somebody waits for. */
  get size(): number {
    return this.waiting.size;
  }

  /**
   * Resolves when the execution is in a final state or gone, after the time, or when `signal` says that nobody waits any
   * more.
   * @returns whether it has ended
   */
  async wait(executionId: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted === true) return false;
    let stopWaiting: Wake = () => undefined;
    const giveUp = (): void => stopWaiting(false);
    const ended = new Promise<boolean>((resolve) => (stopWaiting = resolve));
    const timer = setTimeout(giveUp, timeoutMs);
    signal?.addEventListener('abort', giveUp);
    this.add(executionId, stopWaiting);
    try {
      return await ended;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      this.remove(executionId, stopWaiting);
    }
  }

  onModuleDestroy(): void {
    for (const id of [...this.waiting.keys()]) this.wake(id, false);
  }

  private add(executionId: string, wake: Wake): void {
    const group = this.waiting.get(executionId) ?? new Set();
    this.waiting.set(executionId, group.add(wake));
    this.interval ??= setInterval(() => this.lookAt(this.waiting.keys()), LOOK_AGAIN_MS);
    this.lookAt([executionId]);
  }

  private remove(executionId: string, wake: Wake): void {
    const group = this.waiting.get(executionId);
    group?.delete(wake);
    if (group?.size === 0) this.waiting.delete(executionId);
    if (this.waiting.size > 0) return;
    clearInterval(this.interval);
    this.interval = undefined;
  }

  private wake(executionId: string, hasEnded: boolean): void {
    for (const wake of this.waiting.get(executionId) ?? []) wake(hasEnded);
  }

  private lookAt(ids: Iterable<string>): void {
    for (const id of ids) this.toLookAt.add(id);
    if (!this.isLooking) void this.look();
  }

  /** One statement at a time; those that come meanwhile share the next one. */
  private async look(): Promise<void> {
    this.isLooking = true;
    while (this.toLookAt.size > 0) {
      const ids = [...this.toLookAt].filter((id) => this.waiting.has(id));
      this.toLookAt.clear();
      try {
        const ended = ids.length === 0 ? [] : await this.lookups.ended(this.database, ids);
        for (const id of ended) this.wake(id, true);
      } catch (error) {
        this.logger.debug({ err: error }, 'could not look for ended executions; tried again');
      }
    }
    this.isLooking = false;
  }
}
