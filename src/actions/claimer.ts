import type { ClaimedAction } from '../store/index.js';

/** What a claimer works with. */
export interface ClaimerParts {
  /** Claims so many actions whose turn it is, or those of the ids that can still be had. */
  readonly claim: (which: number | readonly string[]) => Promise<readonly ClaimedAction[]>;
  /** How many more actions may run now. */
  readonly freePlaces: () => number;
  /** Whether somebody holds as many places as one may, so that actions may wait although there are places. */
  readonly isShareFull: () => boolean;
  readonly start: (claimed: ClaimedAction) => void;
  /** Hands back what was claimed when it was too late to start it. */
  readonly release: (claimed: readonly ClaimedAction[]) => Promise<void>;
  /** Hands back claims that were made and never answered. */
  readonly audit: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

const MAX_BATCH = 200;

/**
 * Claims actions for free places, one statement at a time: what arrives while it is under way is claimed together by the
 * next one. Ids of which it was told are claimed directly; when there are more than places, the store says whose turn it is.
 */
export class Claimer {
  private readonly told = new Set<string>();
  private hasBacklog = false;
  /** Actions wait until somebody who has a full share has a place less. */
  private isHeldBack = false;
  private isAuditWanted = false;
  private isDue = false;
  private isStopped = false;
  private claiming: Promise<void> | undefined;

  constructor(private readonly parts: ClaimerParts) {}

  /** How many more actions it could start at once. */
  get room(): number {
    return this.isStopped ? 0 : Math.max(0, this.parts.freePlaces() - this.told.size);
  }

  /** These actions wait to be run. */
  tell(ids: readonly string[]): void {
    for (const id of ids) this.told.add(id);
    this.wake();
  }

  /** Something may wait of which nobody told: left by a crash, or by a node that has no executor. */
  look(): void {
    this.hasBacklog = true;
    this.wake();
  }

  /** Looks for claims that were made although their answer was lost, at a moment when none is under way. */
  audit(): void {
    this.isAuditWanted = true;
    this.wake();
  }

  /** There are places again. */
  wake(): void {
    this.hasBacklog ||= this.isHeldBack;
    this.isHeldBack = false;
    if (this.isDue || this.isStopped || !(this.isAuditWanted || this.hasWork())) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      this.claiming ??= this.claimAll().finally(() => (this.claiming = undefined));
    });
  }

  /** Claims nothing more; resolves when the claim under way has been handed back. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.claiming;
  }

  private async claimAll(): Promise<void> {
    try {
      while (!this.isStopped) {
        if (this.isAuditWanted) await this.auditNow();
        const places = this.hasWork() ? Math.min(this.parts.freePlaces(), MAX_BATCH) : 0;
        if (places <= 0) return;
        await this.claimFor(places);
      }
    } catch (error) {
      this.hasBacklog = true;
      this.isAuditWanted = true;
      this.parts.onFailure(error);
    }
  }

  private async auditNow(): Promise<void> {
    this.isAuditWanted = false;
    await this.parts.audit();
  }

  private async claimFor(places: number): Promise<void> {
    const which = this.choose(places);
    const claimed = await this.parts.claim(which);
    if (claimed.length === which) this.hasBacklog = true;
    if (this.isStopped) return this.parts.release(claimed);
    for (const one of claimed) this.parts.start(one);
    const asked = typeof which === 'number' ? which : which.length;
    this.isHeldBack = claimed.length < asked && this.parts.isShareFull();
  }

  private choose(places: number): number | readonly string[] {
    const ids = [...this.told];
    this.told.clear();
    if (!this.hasBacklog && ids.length <= places) return ids;
    this.hasBacklog = false;
    return places;
  }

  private hasWork(): boolean {
    return this.hasBacklog || this.told.size > 0;
  }
}
