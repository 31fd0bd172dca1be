import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { crashpoint } from '../config/index.js';
import { checkWorkflowInput } from '../core/flow/index.js';
import { Database, ExecutionStore, LookupStore, OutboxStore, type Tx } from '../store/index.js';
import { DefinitionCache } from './definition-cache.js';
import type { StartExecution } from './engine.js';
import { EngineService } from './engine.service.js';
import { startRequest } from './start-request.js';

/**
 * Asks for an execution in a project, and answers its id.
 * @param occasion  what starts it, e.g. the trigger's id: asked again when the transaction is repeated, it is the same execution
 * @throws {MistralError} when the workflow is not there or can't take the input; the transaction may go on then
 */
export type AskForStart = (request: Omit<StartExecution, 'id'>, projectId: string, occasion: string) => Promise<string>;

/**
 * Starts that belong to somebody else's transaction: the executions begin when it has committed, exactly once each, also
 * when this process dies meanwhile.
 */
@Injectable()
export class DeferredStarts {
  private readonly definitions: DefinitionCache;

  constructor(
    private readonly database: Database,
    private readonly executions: ExecutionStore,
    private readonly lookups: LookupStore,
    private readonly outbox: OutboxStore,
    private readonly engine: EngineService,
  ) {
    this.definitions = new DefinitionCache(lookups);
  }

  /**
   * Does work in one transaction that may ask for starts. It may run more than once, also after it has committed: then the
   * answer to the commit was lost.
   * @returns what the work returned
   */
  async within<T>(work: (tx: Tx, ask: AskForStart) => Promise<T>): Promise<T> {
    const idOf = steadyIds();
    const { result, ids } = await this.database.transaction(async (tx) => {
      const accepted: string[] = [];
      const answer = await work(tx, async (request, projectId, occasion) => {
        const id = idOf(occasion);
        await this.accept(tx, { ...request, id }, projectId);
        accepted.push(id);
        return id;
      });
      return { result: answer, ids: accepted };
    });
    if (ids.length > 0) crashpoint('starts.accepted');
    for (const id of ids) this.engine.poke(id);
    return result;
  }

  private async accept(tx: Tx, asked: StartExecution & { readonly id: string }, projectId: string): Promise<void> {
    this.definitions.at(await this.executions.epoch(tx));
    const request = await startRequest(tx, this.lookups, this.definitions, asked, projectId);
    const spec = await this.definitions.spec(tx, request.workflow.specId);
    checkWorkflowInput(request.workflow.name, spec, request.input);
    await this.outbox.start(request, tx);
  }
}

/** New ids, but the same key always gets the same one. */
function steadyIds(): (key: string) => string {
  const ids = new Map<string, string>();
  return (key) => {
    const id = ids.get(key) ?? randomUUID();
    ids.set(key, id);
    return id;
  };
}
