import type { Flow, FlowEvent } from '../core/flow/index.js';
import { InputError, type MistralError, NotFoundError } from '../core/shared/index.js';
import { type ClaimStore, isOwn, type Tx } from '../store/index.js';
import type { Principal } from './engine.js';
import type { Letter } from './mailboxes.js';

/** Of the actions that letters are about: those whose executor is still not heard of, and those that have one. */
export interface ClaimFacts {
  readonly lost: ReadonlySet<string>;
  readonly claimed: ReadonlySet<string>;
}

/** What became of letters, by position: a refusal, nothing where it was accepted, or left for want of time. */
export type Outcomes = readonly (MistralError | 'left' | undefined)[];

/** What the letters' decisions must know of claims, read under the lock. */
export async function claimFacts(claims: ClaimStore, tx: Tx, letters: readonly Letter[]): Promise<ClaimFacts> {
  const idsOf = (kind: 'action-lost' | 'action-updated') =>
    letters.flatMap(({ event }) => (event.kind === kind ? [event.actionId] : []));
  const [lost, updated] = [idsOf('action-lost'), idsOf('action-updated')];
  return {
    lost: new Set(lost.length === 0 ? [] : await claims.stillLost(tx, lost)),
    claimed: new Set(updated.length === 0 ? [] : await claims.claimed(tx, updated)),
  };
}

export function hiddenFrom(caller: Principal | undefined, flow: Flow): MistralError | undefined {
  if (caller === undefined || isOwn(caller, flow.execution)) return undefined;
  return gone(flow.execution.id);
}

export function gone(executionId: string): NotFoundError {
  return new NotFoundError(`WorkflowExecution not found [id=${executionId}]`);
}

export function withClaim(event: FlowEvent, { claimed }: ClaimFacts): FlowEvent {
  return event.kind === 'action-updated' ? { ...event, isClaimed: claimed.has(event.actionId) } : event;
}

export function refusedLoss(event: FlowEvent, { lost }: ClaimFacts): MistralError | undefined {
  if (event.kind !== 'action-lost' || lost.has(event.actionId)) return undefined;
  return new InputError(`Action ${event.actionId} is not lost any more`);
}

export function nextOutcome(refusals: Iterator<MistralError | undefined>): Outcomes[number] {
  const next = refusals.next();
  return next.done === true ? 'left' : next.value;
}

export function answer(letter: Letter, outcome: Outcomes[number]): void {
  if (outcome === undefined) letter.resolve();
  else if (outcome !== 'left') letter.reject(outcome);
}
