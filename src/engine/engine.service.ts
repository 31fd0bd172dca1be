import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { LOGGER, type Logger } from '../config/index.js';
import type { ActionOutcome, FlowEvent } from '../core/flow/index.js';
import { isFinal } from '../core/flow/index.js';
import { ForbiddenError, InputError, type Json, type JsonObject, NotFoundError } from '../core/shared/index.js';
import { Database, DeletionStore, ExecutionExistsError, ExecutionStore, isOwn, LookupStore } from '../store/index.js';
import { EndWatch } from './end-watch.js';
import {
  Engine,
  type ExecutionPatch,
  type Principal,
  type StartAction,
  type StartedAction,
  type StartedExecution,
  type StartExecution,
} from './engine.js';
import { actionEvent, given, stateEvent } from './requests.js';
import { Loop } from './loop.js';
import { PostOffice } from './post-office.js';
import { StandaloneActions } from './standalone-actions.js';
import { startRequest } from './start-request.js';

/** The engine as the rest of the service sees it: every call becomes events of executions, decided by the loop. */
@Injectable()
export class EngineService extends Engine {
  constructor(
    private readonly loop: Loop,
    private readonly postOffice: PostOffice,
    private readonly database: Database,
    private readonly executions: ExecutionStore,
    private readonly deletions: DeletionStore,
    private readonly lookups: LookupStore,
    private readonly standalone: StandaloneActions,
    private readonly endWatch: EndWatch,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async start(request: StartExecution, caller: Principal): Promise<StartedExecution> {
    if (request.id !== undefined && (await this.exists(request.id, caller))) return { id: request.id, isNew: false };
    // Chosen once: a transaction that is repeated after a lost answer must not start a second execution.
    const id = request.id ?? randomUUID();
    try {
      const { changes } = await this.loop.start(
        (tx, definitions) => startRequest(tx, this.lookups, definitions, { ...request, id }, caller.projectId),
        caller.projectId,
      );
      this.postOffice.announce(changes);
    } catch (error) {
      if (!(error instanceof ExecutionExistsError)) throw error;
      await this.exists(id, caller);
      return { id, isNew: request.id === undefined };
    }
    return { id, isNew: true };
  }

  async updateExecution(id: string, patch: ExecutionPatch, caller: Principal): Promise<void> {
    for (const event of stateEvent(patch)) await this.postOffice.send(id, event, caller);
  }

  async rerunTask(taskId: string, reset: boolean, env: JsonObject | undefined, caller: Principal): Promise<void> {
    await this.sendToTask(taskId, { kind: 'rerun', taskId, reset, ...given({ env }) }, caller);
  }

  async skipTask(taskId: string, env: JsonObject | undefined, caller: Principal): Promise<void> {
    await this.sendToTask(taskId, { kind: 'skip', taskId, ...given({ env }) }, caller);
  }

  async updateAction(id: string, state: string, result: Json | undefined, caller: Principal): Promise<void> {
    const event = actionEvent(id, state, result);
    const executionId = await this.executionOfAction(id, caller);
    if (executionId === null) await this.standalone.update(event, caller);
    else await this.postOffice.send(executionId, event, caller);
  }

  async startAction(request: StartAction, caller: Principal): Promise<StartedAction> {
    return this.standalone.start(request, caller);
  }

  async deleteAction(id: string, caller: Principal): Promise<void> {
    if ((await this.executionOfAction(id, caller)) !== null)
      throw new ForbiddenError('Only ad-hoc action execution can be deleted.');
    await this.standalone.delete(id, caller);
  }

  async deleteExecution(id: string, force: boolean, caller: Principal): Promise<void> {
    const { parent } = await this.database.transaction(async (tx) => {
      await this.executions.lock(tx, id);
      const head = await this.lookups.execution(tx, id);
      if (head === undefined || !isOwn(caller, head)) throw notFound(id);
      if (!force && !isFinal(head.state as Parameters<typeof isFinal>[0]))
        throw new ForbiddenError(
          `Only completed executions can be deleted. Use --force to override this. Execution ${id} is in ${head.state} state`,
        );
      return await this.deletions.delete(tx, id);
    });
    if (parent !== undefined) this.postOffice.poke(parent.parentId, parent.rootId ?? parent.parentId);
  }

  async waitForEnd(id: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    return this.endWatch.wait(id, timeoutMs, signal);
  }

  /** Hands an event of the service itself (executor, timers, sweep) to an execution. */
  async tell(executionId: string, event: FlowEvent): Promise<void> {
    await this.postOffice.send(executionId, event);
  }

  /** Ends an action on its own that only waited for its time. */
  async wakeAction(actionId: string): Promise<void> {
    await this.standalone.wake(actionId);
  }

  /** The result of an action that an executor ran; one that comes too late is dropped. */
  async report(
    actionId: string,
    executionId: string | null,
    outcome: ActionOutcome | 'pending' | 'lost',
  ): Promise<void> {
    const event: FlowEvent =
      typeof outcome === 'string'
        ? { kind: `action-${outcome}`, actionId }
        : { kind: 'action-done', actionId, outcome };
    try {
      if (executionId === null) await this.standalone.update(event);
      else await this.postOffice.send(executionId, event);
    } catch (error) {
      if (!(error instanceof InputError) && !(error instanceof NotFoundError)) throw error;
      this.logger.info({ actionId, reason: error.message }, 'a result came too late and was dropped');
    }
  }

  /** Has an execution take what the outbox holds for it, here and now. @returns false when it has to be asked again later */
  poke(executionId: string, rootId?: string): boolean {
    return this.postOffice.poke(executionId, rootId);
  }

  /** Resolves when nothing is being decided. */
  async settled(): Promise<void> {
    await this.postOffice.settled();
  }

  private async executionOfAction(id: string, caller: Principal): Promise<string | null> {
    const place = await this.database.transaction((tx) => this.lookups.placeOfAction(tx, id));
    if (place === undefined || !isOwn(caller, place)) throw new NotFoundError(`ActionExecution not found [id=${id}]`);
    return place.executionId;
  }

  private async sendToTask(taskId: string, event: FlowEvent, caller: Principal): Promise<void> {
    const place = await this.database.transaction((tx) => this.lookups.placeOfTask(tx, taskId));
    if (place === undefined || !isOwn(caller, place)) throw new NotFoundError(`TaskExecution not found [id=${taskId}]`);
    await this.postOffice.send(place.executionId, event, caller);
  }

  /** @throws {NotFoundError} for an id that another project has taken: that's all the caller learns of it */
  private async exists(id: string, caller: Principal): Promise<boolean> {
    const head = await this.database.transaction((tx) => this.lookups.execution(tx, id));
    if (head !== undefined && !isOwn(caller, head)) throw notFound(id);
    return head !== undefined;
  }
}

function notFound(id: string): NotFoundError {
  return new NotFoundError(`WorkflowExecution not found [id=${id}]`);
}
