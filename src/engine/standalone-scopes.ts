import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config } from '../config/index.js';
import { type EvaluationBounds, NeedsData, NeedsEvaluation } from '../core/expressions/index.js';
import type { FlowScope } from '../core/flow/index.js';
import { Database, DataStore, ExecutionStore, LookupStore, type Tx } from '../store/index.js';
import { DefinitionCache } from './definition-cache.js';
import { Evaluator } from './evaluation/index.js';
import { Lookups } from './lookups.js';
import { ActionPort } from './ports.js';
import { RandomSource } from './random-source.js';

/** Takes a pure decision in the open transaction, for a project. */
export type Decide = <T>(projectId: string, decision: (scope: FlowScope) => T) => Promise<T>;

/** What decisions outside of executions may know: definitions as a project sees them, time, ids. */
@Injectable()
export class StandaloneScopes {
  private readonly definitions: DefinitionCache;

  constructor(
    private readonly database: Database,
    private readonly executions: ExecutionStore,
    private readonly lookupStore: LookupStore,
    private readonly actions: ActionPort,
    private readonly data: DataStore,
    private readonly evaluator: Evaluator,
    @Inject(CONFIG) private readonly config: Pick<Config, 'executionFieldSizeLimitKb' | 'mergeStrategy' | 'publicUrl'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.definitions = new DefinitionCache(lookupStore);
  }

  /**
   * Work in one transaction that takes decisions. It may run more than once: when the transaction is repeated, and when
   * expressions had to be evaluated elsewhere first.
   * @param actionId  whose evaluations they are
   */
  async transaction<T>(actionId: string, work: (tx: Tx, decide: Decide) => Promise<T>): Promise<T> {
    return this.evaluator.deciding((evaluations) =>
      this.database.transaction((tx) =>
        work(tx, (projectId, decision) => this.decide(tx, projectId, evaluations.bounds(actionId), decision)),
      ),
    );
  }

  /** The answer of a pure decision; it is asked again when a look-up had to be loaded first. */
  private async decide<T>(
    tx: Tx,
    projectId: string,
    bounds: EvaluationBounds,
    decision: (scope: FlowScope) => T,
  ): Promise<T> {
    this.definitions.at(await this.executions.epoch(tx));
    const lookups = new Lookups(tx, projectId, this.definitions, this.lookupStore, this.data);
    const scope = this.scope(lookups, bounds);
    for (;;) {
      try {
        return decision(scope);
      } catch (error) {
        if (error instanceof NeedsEvaluation || !(error instanceof NeedsData)) throw error;
        await lookups.load();
      }
    }
  }

  private scope(lookups: Lookups, bounds: EvaluationBounds): FlowScope {
    const random = new RandomSource();
    const startedAt = this.clock.now();
    let elapsed = 0;
    return {
      tick: () => startedAt + elapsed++,
      newId: () => random.uuid(),
      random: () => random.fraction(),
      plainAction: (name, namespace) => this.actions.find(name) ?? lookups.dynamicAction(name, namespace),
      adhocAction: (name, namespace) => lookups.action(name, namespace),
      workflow: (name, namespace) => lookups.workflow(name, namespace),
      rootEnv: (id) => lookups.rootEnv(id),
      liveFlows: () => [],
      data: (key) => lookups.dataFor(key),
      settings: {
        fieldSizeLimitKb: this.config.executionFieldSizeLimitKb,
        mergeStrategy: this.config.mergeStrategy,
        publicUrl: this.config.publicUrl ?? '',
      },
      hasBudget: () => true,
      hasTime: () => true,
      bounds,
    };
  }
}
