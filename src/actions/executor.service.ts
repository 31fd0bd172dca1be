import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import { News } from '../engine/index.js';
import { type ClaimedAction, ClaimStore, type Shares } from '../store/index.js';
import { JobTransport } from '../transport/index.js';
import { ClaimedActionRunner } from './claimed-action-runner.js';
import { Claimer } from './claimer.js';
import { LeaseKeeper } from './lease-keeper.js';
import { isFull, sharesOf } from './places.js';
import { RunningActions } from './running-actions.js';

/** How often the outbox is looked at for what nobody told of, in milliseconds. */
const LOOK_EVERY_MS = 500;

/** The settings that concern an executor. */
export type ExecutorConfig = Pick<
  Config,
  'roles' | 'nodeName' | 'executorConcurrency' | 'leaseSeconds' | 'shutdownGraceSeconds'
>;

/**
 * Takes actions out of the outbox and runs them, when this process has the role `executor`. An action is claimed before it
 * starts, so that no two executors start it; claims last as long as the lease of this node, which is renewed all the time.
 */
@Injectable()
export class ExecutorService implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  /** Name of this process in claims; a restarted process is another one. */
  readonly node: string;
  private readonly running: RunningActions;
  private readonly claimer: Claimer;
  private readonly leases: LeaseKeeper;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ClaimStore) private readonly claims: ClaimStore,
    @Inject(JobTransport) private readonly transport: JobTransport,
    @Inject(News) private readonly news: News,
    @Inject(ClaimedActionRunner) runner: ClaimedActionRunner,
    @Inject(CONFIG) private readonly config: ExecutorConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.node = `${config.nodeName}/${randomUUID()}`;
    this.running = new RunningActions(
      (claimed, signal) => runner.run(claimed, signal),
      () => this.claimer.wake(),
    );
    this.claimer = this.newClaimer();
    this.leases = this.newLeaseKeeper();
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('executor')) return;
    this.transport.receive('runs', {
      offer: (ids) => this.offer(ids),
      take: (ids) => this.claimer.tell(ids),
      hasRoom: () => this.claimer.room > 0,
    });
    this.news.subscribe(({ endings }) => this.running.stopEnded(endings));
    this.leases.start();
    this.timer = setInterval(() => this.claimer.look(), LOOK_EVERY_MS);
    this.claimer.look();
  }

  /** Claims nothing more; what was claimed and not started is handed back. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.claimer.stop();
  }

  /**
   * Waits for what runs, then stops it. Of what is stopped, others start again what is safe to rerun; of the rest nobody
   * knows how far it came, and the end of this node's lease says so.
   */
  async beforeApplicationShutdown(): Promise<void> {
    const hasEnded = await this.running.drained(this.config.shutdownGraceSeconds * 1000);
    await this.leases.stop();
    if (!hasEnded) {
      const stopped = this.running.abort(this.running.ids(), 'The executor is shutting down.');
      await this.release(stopped.filter(({ safeRerun }) => safeRerun));
    }
    if (this.leases.isLive) await this.endLease();
  }

  /** It knows of all, to take them in their order when a place is free; others may be faster with what is too much now. */
  private offer(ids: readonly string[]): readonly string[] {
    const { room } = this.claimer;
    this.claimer.tell(ids);
    return ids.slice(room);
  }

  private newClaimer(): Claimer {
    return new Claimer({
      claim: (which) => this.claim(which),
      isShareFull: () => isFull(this.shares()),
      freePlaces: () => this.config.executorConcurrency - this.running.size,
      start: (claimed) => this.running.start(claimed),
      release: (claimed) => this.release(claimed),
      audit: () => this.audit(),
      onFailure: (error) => this.logger.error({ err: error }, 'actions could not be claimed; tried again soon'),
    });
  }

  private shares(): Shares {
    return sharesOf(this.config.executorConcurrency, this.running.held());
  }

  private newLeaseKeeper(): LeaseKeeper {
    const { leaseSeconds } = this.config;
    return new LeaseKeeper({
      leaseMs: leaseSeconds * 1000,
      onTick: () => this.claimer.audit(),
      renew: () => this.claims.nodes.renew(this.node, leaseSeconds),
      running: () => this.running.ids(),
      keep: (ids) => this.claims.keep(this.node, ids),
      onUnwanted: (id, why) => this.running.stopUnwanted(id, why),
      onLost: (ids) => this.running.abort(ids, 'The action has ended, or was taken for lost.'),
      onFailure: (error) => this.logger.error({ err: error }, 'the lease of this node could not be renewed'),
    });
  }

  private async claim(which: number | readonly string[]): Promise<readonly ClaimedAction[]> {
    await this.leases.live();
    return await this.claims.claimRuns(which, this.node, this.shares());
  }

  /** What is claimed and runs no more would stay so as long as this node lives. */
  private async audit(): Promise<void> {
    const ids = await this.claims.releaseUnknown(this.node, this.running.known());
    if (ids.length > 0) this.logger.warn({ ids }, 'claims whose answer was lost were handed back');
    await this.claims.giveUp(this.node, this.running.silent());
  }

  private async release(claimed: readonly ClaimedAction[]): Promise<void> {
    const ids = claimed.map(({ id }) => id);
    if (ids.length === 0) return;
    try {
      await this.claims.releaseClaims(this.node, ids);
    } catch (error) {
      this.logger.error({ err: error, ids }, 'claims could not be handed back; the lease of this node will end');
    }
  }

  private async endLease(): Promise<void> {
    try {
      await this.claims.nodes.end(this.node);
    } catch (error) {
      this.logger.error({ err: error }, 'the lease of this node could not be given up; it will end');
    }
  }
}
