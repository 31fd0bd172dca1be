import { Injectable } from '@nestjs/common';
import { ConflictError, MistralError } from '../core/shared/index.js';
import type { FlowEvent } from '../core/flow/index.js';
import { Database, ExecutionStore, OutboxStore, SuspectStore } from '../store/index.js';
import type { Letter } from './mailboxes.js';

/** Processes that have died while they decided on one execution. */
export const FATAL_DEATHS = 2;

/** The execution may have killed the processes that decided on it: {@link SetAside} looks before anybody decides again. */
export class SuspectedError extends MistralError {
  readonly code = 'EXECUTION_SUSPECTED';
  readonly status = 409;
}

/** What is to be done with the letters to a suspect: decided on (those given, without what the outbox holds), or nothing. */
export type Verdict =
  | { readonly kind: 'innocent' }
  | { readonly kind: 'tried again'; readonly letters: readonly Letter[] }
  | { readonly kind: 'set aside' };

/** Events that somebody sends by hand to try again, or to be rid of it. */
const BY_HAND: ReadonlySet<FlowEvent['kind']> = new Set(['resume', 'stop']);
/** Events that come again by themselves as long as their cause is there. */
const REPEATED: ReadonlySet<FlowEvent['kind']> = new Set(['timer', 'sweep', 'action-lost', 'pause']);

/** Pauses executions that kill their processes, and keeps what they are told until somebody resumes them. */
@Injectable()
export class SetAside {
  constructor(
    private readonly database: Database,
    private readonly executions: ExecutionStore,
    private readonly suspects: SuspectStore,
    private readonly outbox: OutboxStore,
  ) {}

  async judge(executionId: string, letters: readonly Letter[]): Promise<Verdict> {
    const byHand = letters.filter(isByHand);
    const verdict = await this.database.transaction<Verdict>(async (tx) => {
      await this.executions.lock(tx, executionId);
      if ((await this.suspects.deaths(tx, executionId)) < FATAL_DEATHS) return { kind: 'innocent' };
      if (byHand.length > 0) {
        await this.suspects.forget(tx, executionId);
        return { kind: 'tried again', letters: byHand };
      }
      await this.suspects.setAside(tx, executionId, setAsideText(executionId));
      const kept = letters.filter(isKept).map(({ event }) => ({ executionId, event }));
      if (kept.length > 0) await this.outbox.tellAll(kept, tx);
      return { kind: 'set aside' };
    });
    if (verdict.kind !== 'innocent') for (const letter of letters) if (!isByHand(letter)) answer(executionId, letter);
    return verdict;
  }
}

/** Why an execution is not started that has killed processes before it was there. */
export const FATAL_START = `Not started: ${FATAL_DEATHS} processes died while they tried to start this execution.`;

/** Why nobody decides on an execution, and what somebody can do. */
function setAsideText(executionId: string): string {
  return (
    `Set aside: ${FATAL_DEATHS} processes died while they decided on this execution. ` +
    `Nothing happens to it until somebody sets its state to RUNNING, which tries it again: PUT /v2/executions/${executionId}.`
  );
}

function isByHand({ caller, event }: Letter): boolean {
  return caller !== undefined && BY_HAND.has(event.kind);
}

function isKept({ caller, event }: Letter): boolean {
  return caller === undefined && !REPEATED.has(event.kind);
}

function answer(executionId: string, letter: Letter): void {
  if (letter.caller === undefined || letter.event.kind === 'pause') letter.resolve();
  else letter.reject(new ConflictError(setAsideText(executionId)));
}
