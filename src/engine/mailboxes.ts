import type { FlowEvent } from '../core/flow/index.js';
import type { Principal } from './engine.js';

/** An event with whoever waits for its decision. */
export interface Letter {
  readonly event: FlowEvent;
  /** Absent for the engine's own events, which may touch every project. */
  readonly caller?: Principal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Handles all letters of one execution together. `isPoked`: something waits in the outbox, too. */
export type Postman = (executionId: string, letters: readonly Letter[], isPoked: boolean) => Promise<void>;

interface Mailbox {
  letters: Letter[];
  isPoked: boolean;
}

/**
 * One mailbox per execution: events that arrive while one transaction runs are decided together in the next.
 * Different executions go in parallel.
 */
export class Mailboxes {
  private readonly boxes = new Map<string, Mailbox>();
  private idle: (() => void)[] = [];

  constructor(
    private readonly deliver: Postman,
    private readonly onFailure: (executionId: string, error: unknown) => void,
  ) {}

  /** Executions with an event that is not decided yet. */
  get size(): number {
    return this.boxes.size;
  }

  has(executionId: string): boolean {
    return this.boxes.has(executionId);
  }

  /** @returns when the event has been decided and committed */
  send(executionId: string, event: FlowEvent, caller?: Principal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.box(executionId).letters.push({ event, caller, resolve, reject });
    });
  }

  /** Has the execution take what the outbox holds for it. */
  poke(executionId: string): void {
    this.box(executionId).isPoked = true;
  }

  /** Resolves when nothing is being decided. */
  async settled(): Promise<void> {
    while (this.boxes.size > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private box(executionId: string): Mailbox {
    const known = this.boxes.get(executionId);
    if (known !== undefined) return known;
    const box: Mailbox = { letters: [], isPoked: false };
    this.boxes.set(executionId, box);
    queueMicrotask(() => void this.empty(executionId, box));
    return box;
  }

  private async empty(executionId: string, box: Mailbox): Promise<void> {
    while (box.letters.length > 0 || box.isPoked) {
      const { letters, isPoked } = box;
      box.letters = [];
      box.isPoked = false;
      try {
        await this.deliver(executionId, letters, isPoked);
      } catch (error) {
        for (const letter of letters) letter.reject(error);
        if (letters.length === 0) this.onFailure(executionId, error);
      }
    }
    this.boxes.delete(executionId);
    if (this.boxes.size > 0) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }
}
