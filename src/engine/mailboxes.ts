import type { FlowEvent } from '../core/flow/index.js';
import type { Principal } from './engine.js';
import { Turns } from './turns.js';

/** An event with whoever waits for its decision. */
export interface Letter {
  readonly event: FlowEvent;
  /** Absent for the engine's own events, which may touch every project. */
  readonly caller?: Principal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Handles letters of one execution together. `isPoked`: something waits in the outbox, too. `onWait` is called when it
 * waits for something else than the database: others, and other events of the execution, are handled meanwhile.
 * @returns the letters it had no time for
 */
export type Postman = (
  executionId: string,
  letters: readonly Letter[],
  isPoked: boolean,
  onWait: () => void,
) => Promise<readonly Letter[]>;

interface Mailbox {
  readonly rootId: string;
  letters: Letter[];
  isPoked: boolean;
  isOpen: boolean;
  /** Deliveries that wait, and whether one of them is to take what the outbox holds. */
  away: number;
  isPokeAway: boolean;
}

const EMPTY = { isPoked: false, isOpen: false, away: 0, isPokeAway: false } as const;

export interface MailboxParts {
  readonly deliver: Postman;
  readonly onFailure: (executionId: string, error: unknown) => void;
  readonly rootOf: (executionId: string) => string;
  /** Executions that are handled at the same time. */
  readonly mostAtOnce: number;
  /** Executions of one tree that wait here because of a poke; the relay finds more of them. */
  readonly mostPoked: number;
}

/**
 * One mailbox per execution: events that arrive while it waits for its turn, or while one transaction runs, are decided
 * together in the next. So many executions are handled at once, and those that wait have their turns round their trees.
 */
export class Mailboxes {
  private readonly boxes = new Map<string, Mailbox>();
  private readonly turns = new Turns();
  private open = 0;
  private idle: (() => void)[] = [];

  constructor(private readonly parts: MailboxParts) {}

  /** Whether an execution that is told something now would be handled at once. */
  get hasRoom(): boolean {
    return this.boxes.size < this.parts.mostAtOnce;
  }

  has(executionId: string): boolean {
    return this.boxes.has(executionId);
  }

  /** @returns when the event has been decided and committed */
  send(executionId: string, event: FlowEvent, caller?: Principal): Promise<void> {
    return new Promise((resolve, reject) => {
      const box = this.box(executionId);
      box.letters.push({ event, caller, resolve, reject });
      this.queue(executionId, box, caller !== undefined);
    });
  }

  /** Has the execution take what the outbox holds for it. @returns false when too many of its tree wait already */
  poke(executionId: string): boolean {
    const known = this.boxes.get(executionId);
    if (known === undefined && this.turns.waitingOf(this.parts.rootOf(executionId)) >= this.parts.mostPoked)
      return false;
    const box = known ?? this.box(executionId);
    box.isPoked = true;
    this.queue(executionId, box, false);
    return true;
  }

  /** Resolves when nothing is being decided. */
  async settled(): Promise<void> {
    while (this.boxes.size > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private box(executionId: string): Mailbox {
    const known = this.boxes.get(executionId);
    if (known !== undefined) return known;
    const box: Mailbox = { rootId: this.parts.rootOf(executionId), letters: [], ...EMPTY };
    this.boxes.set(executionId, box);
    return box;
  }

  private queue(executionId: string, box: Mailbox, isAsked: boolean): void {
    if (box.isOpen || !isDue(box)) return;
    this.turns.add(executionId, box.rootId, isAsked);
    queueMicrotask(() => this.openNext());
  }

  private openNext(): void {
    while (this.open < this.parts.mostAtOnce) {
      const executionId = this.turns.take();
      const box = this.boxes.get(executionId ?? '');
      if (executionId === undefined || box === undefined) return;
      this.open += 1;
      void this.empty(executionId, box);
    }
  }

  private async empty(executionId: string, box: Mailbox): Promise<void> {
    const { letters } = box;
    const isPoked = box.isPoked && !box.isPokeAway;
    box.letters = [];
    box.isPoked &&= box.isPokeAway;
    box.isOpen = true;
    let isAway = false;
    const leave = (): void => {
      if (isAway) return;
      isAway = true;
      box.away += 1;
      box.isPokeAway ||= isPoked;
      this.close(executionId, box);
    };
    try {
      box.letters.unshift(...(await this.parts.deliver(executionId, letters, isPoked, leave)));
    } catch (error) {
      for (const letter of letters) letter.reject(error);
      if (letters.length === 0) this.parts.onFailure(executionId, error);
    }
    if (isAway) this.comeBack(executionId, box, isPoked);
    else this.close(executionId, box);
  }

  private close(executionId: string, box: Mailbox): void {
    this.open -= 1;
    box.isOpen = false;
    this.settle(executionId, box);
  }

  private comeBack(executionId: string, box: Mailbox, isPoked: boolean): void {
    box.away -= 1;
    if (isPoked) box.isPokeAway = false;
    this.settle(executionId, box);
  }

  private settle(executionId: string, box: Mailbox): void {
    const isAsked = box.letters.some(({ caller }) => caller !== undefined);
    if (isDue(box)) this.queue(executionId, box, isAsked);
    else if (!box.isOpen && box.away === 0) this.boxes.delete(executionId);
    this.openNext();
    if (this.boxes.size > 0) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }
}

function isDue({ letters, isPoked, isPokeAway }: Mailbox): boolean {
  return letters.length > 0 || (isPoked && !isPokeAway);
}
