import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { EngineService } from '../engine/index.js';
import { Database, type MaintenanceState, MaintenanceStore, OutboxStore, type Tx } from '../store/index.js';

/** Executions that are told at once; the relay tells the others. */
const POKED_AT_ONCE = 500;
const PAUSED_PER_PASS = 1_000;
const KNOWN_FOR_MICROS = 500_000;

/** Brings the whole service to rest, for maintenance, and wakes it up again. */
@Injectable()
export class Maintenance {
  private known: { readonly state: MaintenanceState; readonly until: number } | undefined;

  constructor(
    private readonly database: Database,
    private readonly store: MaintenanceStore,
    private readonly outbox: OutboxStore,
    private readonly engine: EngineService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async state(): Promise<MaintenanceState> {
    return this.remember(await this.store.state(this.database));
  }

  /** The state as it was half a second ago at the earliest. */
  async recentState(): Promise<MaintenanceState> {
    return this.known !== undefined && this.clock.now() < this.known.until ? this.known.state : this.state();
  }

  /**
   * Begins to pause all executions of all projects; {@link pausePass} goes on.
   * @returns `PAUSING`, or `PAUSED` when they are
   */
  async pause(): Promise<MaintenanceState> {
    const state = await this.database.transaction(async (tx) => {
      const before = await this.store.lock(tx);
      if (before !== 'RUNNING') return before;
      await this.store.set(tx, 'PAUSING');
      return 'PAUSING';
    });
    return this.remember(state);
  }

  /** Resumes every paused execution, also those that users had paused. */
  async resume(): Promise<MaintenanceState> {
    const ids = await this.database.transaction(async (tx) => {
      if ((await this.store.lock(tx)) === 'RUNNING') return [];
      await this.store.set(tx, 'RUNNING');
      return this.tell(tx, await this.store.toResume(tx), 'resume');
    });
    this.poke(ids);
    return this.remember('RUNNING');
  }

  /**
   * Pauses executions that run although the service shall not; when nothing runs any more, the service is `PAUSED`.
   * @returns whether there was anything to pause
   */
  async pausePass(): Promise<boolean> {
    if ((await this.state()) === 'RUNNING') return false;
    const ids = await this.database.transaction(async (tx) => {
      // Under the lock nobody resumes meanwhile: who does so later finds what was told here.
      const state = await this.store.lock(tx);
      if (state === 'RUNNING') return [];
      const running = await this.tell(tx, await this.store.running(tx, PAUSED_PER_PASS), 'pause');
      if (state === 'PAUSING' && running.length === 0 && (await this.store.isAtRest(tx))) {
        await this.store.set(tx, 'PAUSED');
      }
      return running;
    });
    this.poke(ids);
    return ids.length > 0;
  }

  private async tell(tx: Tx, ids: readonly string[], kind: 'pause' | 'resume'): Promise<readonly string[]> {
    const list = ids.map((executionId) => ({ executionId, event: { kind } }));
    if (list.length > 0) await this.outbox.tellAll(list, tx);
    return ids;
  }

  private poke(ids: readonly string[]): void {
    for (const id of ids.slice(0, POKED_AT_ONCE)) this.engine.poke(id);
  }

  private remember(state: MaintenanceState): MaintenanceState {
    this.known = { state, until: this.clock.now() + KNOWN_FOR_MICROS };
    return state;
  }
}
