import type { HeldClaim, Unwanted } from '../store/index.js';

/** What a lease keeper works with. */
export interface LeaseKeeperParts {
  readonly leaseMs: number;
  /** Called each time before the lease is renewed. */
  readonly onTick: () => void;
  /** Makes the lease of this node last `leaseMs` from now. */
  readonly renew: () => Promise<void>;
  /** The actions that run now. */
  readonly running: () => readonly string[];
  /** @returns those that are still ours */
  readonly keep: (ids: readonly string[]) => Promise<readonly HeldClaim[]>;
  /** Called with the ids that are no longer ours. */
  readonly onLost: (ids: readonly string[]) => void;
  /** Called for each that is ours and for which nobody waits any more. */
  readonly onUnwanted: (id: string, why: Unwanted) => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Renews the lease of this node three times within its length, whatever it runs, and then learns which of its actions are no
 * longer its own or no longer wanted.
 */
export class LeaseKeeper {
  private timer: NodeJS.Timeout | undefined;
  private renewing: Promise<void> | undefined;
  private isLooking = false;
  private endsAtMs = 0;

  constructor(private readonly parts: LeaseKeeperParts) {}

  /** Whether the lease lasts, as far as this process knows: it counts from when it was asked for. */
  get isLive(): boolean {
    return performance.now() < this.endsAtMs;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.parts.onTick();
      void this.extend();
    }, this.parts.leaseMs / 3);
  }

  /** Resolves when no renewal is under way any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.renewing?.catch(() => undefined);
  }

  /** Resolves when the lease lasts: nothing may be claimed before. */
  async live(): Promise<void> {
    if (!this.isLive) await this.renew();
  }

  /** While the database is away nothing is given up: nobody else can take over either. */
  async extend(): Promise<void> {
    try {
      await this.renew();
      await this.look();
    } catch (error) {
      this.parts.onFailure(error);
    }
  }

  private renew(): Promise<void> {
    this.renewing ??= this.renewNow().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async renewNow(): Promise<void> {
    const askedAtMs = performance.now();
    await this.parts.renew();
    this.endsAtMs = askedAtMs + this.parts.leaseMs;
  }

  /** However long it takes, the lease is renewed meanwhile. */
  private async look(): Promise<void> {
    const ids = this.parts.running();
    if (this.isLooking || ids.length === 0) return;
    this.isLooking = true;
    try {
      const held = await this.parts.keep(ids);
      const kept = new Set(held.map(({ id }) => id));
      this.parts.onLost(ids.filter((id) => !kept.has(id)));
      for (const { id, unwanted } of held) if (unwanted !== null) this.parts.onUnwanted(id, unwanted);
    } finally {
      this.isLooking = false;
    }
  }
}
