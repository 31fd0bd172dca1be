/** What a lease keeper works with. */
export interface LeaseKeeperParts {
  readonly everyMs: number;
  /** Called each time before leases are extended. */
  readonly onTick: () => void;
  /** The actions that run now. */
  readonly running: () => readonly string[];
  /** @returns the ids whose lease is longer now */
  readonly extend: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Called with the ids whose lease is no longer ours. */
  readonly onLost: (ids: readonly string[]) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Extends the leases of all running actions, in one statement each time. */
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
      const kept = new Set(await this.parts.extend(ids));
      this.parts.onLost(ids.filter((id) => !kept.has(id)));
    } catch (error) {
      this.parts.onFailure(error);
    } finally {
      this.isExtending = false;
    }
  }
}
