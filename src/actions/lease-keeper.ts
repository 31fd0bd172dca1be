import type { HeldClaim, Unwanted } from '../store/index.js';

/** What a lease keeper works with. */
export interface LeaseKeeperParts {
  readonly everyMs: number;
  /** Called each time before leases are extended. */
  readonly onTick: () => void;
  /** The actions that run now. */
  readonly running: () => readonly string[];
  /** @returns those whose lease is longer now */
  readonly extend: (ids: readonly string[]) => Promise<readonly HeldClaim[]>;
  /** Called with the ids whose lease is no longer ours. */
  readonly onLost: (ids: readonly string[]) => void;
  /** Called for each that is ours and for which nobody waits any more. */
  readonly onUnwanted: (id: string, why: Unwanted) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Extends the leases of all running actions, in one statement each time, and learns which are no longer wanted. */
export class LeaseKeeper {
  private timer: NodeJS.Timeout | undefined;
  private isExtending = false;

  constructor(private readonly parts: LeaseKeeperParts) {}

  start(): void {
    this.timer = setInterval(() => {
      this.parts.onTick();
      void this.extend();
    }, this.parts.everyMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** While the database is away nothing is given up: nobody else can take the leases either. */
  async extend(): Promise<void> {
    const ids = this.parts.running();
    if (this.isExtending || ids.length === 0) return;
    this.isExtending = true;
    try {
      const held = await this.parts.extend(ids);
      const kept = new Set(held.map(({ id }) => id));
      this.parts.onLost(ids.filter((id) => !kept.has(id)));
      for (const { id, unwanted } of held) if (unwanted !== null) this.parts.onUnwanted(id, unwanted);
    } catch (error) {
      this.parts.onFailure(error);
    } finally {
      this.isExtending = false;
    }
  }
}
