import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type ActionOutcome,
  type ActionRow,
  endStandalone,
  type FlowEvent,
  type FlowScope,
  isFinal,
  newStandalone,
  type NewStandalone,
  type ResolvedAction,
  resolveStandalone,
  updateStandalone,
} from '../core/flow/index.js';
import { ForbiddenError, InputError, NotFoundError } from '../core/shared/index.js';
import { Database, duplicateOf, isOwn, type LockedAction, StandaloneStore, type Tx } from '../store/index.js';
import { JobTransport } from '../transport/index.js';
import type { Principal, StartAction, StartedAction } from './engine.js';
import { News } from './news.js';
import { ActionRunner } from './ports.js';
import { type Decide, StandaloneScopes } from './standalone-scopes.js';

/** Actions run on their own, by POST /v2/action_executions: at once, or stored and run by an executor. */
@Injectable()
export class StandaloneActions {
  constructor(
    private readonly database: Database,
    private readonly store: StandaloneStore,
    private readonly scopes: StandaloneScopes,
    private readonly runner: ActionRunner,
    private readonly transport: JobTransport,
    private readonly news: News,
  ) {}

  /** @throws InputError, ActionLookupError for what can't be run; an action that fails is an outcome */
  async start(request: StartAction, { projectId }: Principal): Promise<StartedAction> {
    const own = { id: randomUUID(), projectId };
    const plan = await this.scopes.transaction(own.id, async (tx, decide) => {
      const made = await decide(projectId, (scope) => planOf(scope, request, own));
      if (made.stored !== undefined && !made.isAtOnce) await this.insert(tx, made.stored);
      return made;
    });
    if (plan.isAtOnce) return this.runAtOnce(plan, request, projectId);
    const { row, timer } = plan.stored ?? {};
    if (row?.dispatch === 'queued') this.tellRun(own.id);
    if (timer !== undefined) this.news.setTimer(timer.dueAt);
    return { kind: 'stored', id: own.id };
  }

  /**
   * Applies an event to a stored action execution.
   * @param caller  absent for the service's own events
   * @throws NotFoundError, InputError when it has ended before
   */
  async update(event: FlowEvent, caller?: Principal): Promise<void> {
    if (!('actionId' in event)) return;
    const { actionId } = event;
    const isRun = await this.scopes.transaction(actionId, async (tx, decide) => {
      const locked = await this.locked(tx, actionId, caller);
      return this.apply(tx, decide, locked, event);
    });
    if (isRun) this.tellRun(actionId);
  }

  /** Ends one that only waited; its time is over. */
  async wake(actionId: string): Promise<void> {
    await this.scopes.transaction(actionId, async (tx, decide) => {
      const locked = await this.locked(tx, actionId, undefined);
      const { awaited: outcome, row } = locked;
      if (outcome === undefined || isFinal(row.state)) return;
      await this.apply(tx, decide, locked, { kind: 'action-done', actionId, outcome });
    });
  }

  /** @throws NotFoundError; ForbiddenError when it has not ended */
  async delete(actionId: string, caller: Principal): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { row } = await this.locked(tx, actionId, caller);
      if (!isFinal(row.state)) throw new ForbiddenError('Only completed action execution can be deleted.');
      await this.store.delete(tx, actionId);
    });
  }

  private async locked(tx: Tx, actionId: string, caller: Principal | undefined): Promise<LockedAction> {
    const locked = await this.store.lock(tx, actionId);
    if (locked === undefined || !isVisible(locked.row, caller))
      throw new NotFoundError(`ActionExecution not found [id=${actionId}]`);
    return locked;
  }

  private async apply(
    tx: Tx,
    decide: Decide,
    { row, isClaimed, isLost }: LockedAction,
    event: FlowEvent,
  ): Promise<boolean> {
    // Its executor was heard of again, or has changed, since the loss was noticed.
    if (event.kind === 'action-lost' && !isLost) return false;
    const update = await decide(row.projectId, (scope) => updateStandalone(scope, row, isClaimed, event));
    if (update === undefined) return false;
    await this.store.update(tx, update.row, update.isRun);
    return update.isRun;
  }

  private async runAtOnce(plan: Plan, request: StartAction, projectId: string): Promise<StartedAction> {
    const { action, stored } = plan;
    const { timeoutSeconds, namespace } = request;
    const place = { projectId, namespace };
    const outcome = await this.runner.run(action.plain.name, action.plainInput, timeoutSeconds, place);
    if (stored !== undefined) return this.storeEnd(stored.row, outcome);
    const end = action.adhoc.length === 0 ? outcome : await this.transformed(action, outcome, projectId);
    return {
      kind: 'transient',
      name: action.name,
      input: action.input,
      state: end.state === 'SUCCESS' ? 'SUCCESS' : 'ERROR',
      output: { result: end.result },
    };
  }

  private async storeEnd(row: ActionRow, outcome: ActionOutcome): Promise<StartedAction> {
    const event = { kind: 'action-done', actionId: row.id, outcome } as const;
    await this.scopes.transaction(row.id, async (tx, decide) => {
      const end = await decide(row.projectId, (scope) => updateStandalone(scope, row, false, event));
      await this.insert(tx, { row: end?.row ?? row });
    });
    return { kind: 'stored', id: row.id };
  }

  private async transformed(action: ResolvedAction, outcome: ActionOutcome, projectId: string): Promise<ActionOutcome> {
    return this.scopes.transaction(randomUUID(), (_, decide) =>
      decide(projectId, (scope) => endStandalone(scope, action.name, action.adhoc, outcome)),
    );
  }

  /** Repeated by a transaction whose commit went through although its answer was lost, it finds the row there. */
  private async insert(tx: Tx, made: NewStandalone): Promise<void> {
    const { row } = made;
    const isRun = row.state === 'RUNNING' && row.dispatch === 'queued';
    try {
      await this.store.insert(tx, made, isRun);
    } catch (error) {
      if (duplicateOf(error) !== 'action_executions_pkey') throw error;
    }
  }

  private tellRun(id: string): void {
    this.transport.send('runs', [id]);
  }
}

/** What is to be done for a request, and what will be stored. */
interface Plan {
  readonly action: ResolvedAction;
  readonly isAtOnce: boolean;
  readonly stored: NewStandalone | undefined;
}

function planOf(scope: FlowScope, request: StartAction, own: Pick<ActionRow, 'id' | 'projectId'>): Plan {
  const action = resolveStandalone(scope, request);
  const { isAsync } = action.plain;
  if (request.runSync && isAsync) throw new InputError('Action does not support synchronous execution.');
  const isStored = isAsync || request.saveResult;
  return {
    action,
    isAtOnce: !isStored || request.runSync,
    stored: isStored ? newStandalone(scope, request, action, own) : undefined,
  };
}

function isVisible(row: ActionRow, caller: Principal | undefined): boolean {
  return caller === undefined || isOwn(caller, row);
}
