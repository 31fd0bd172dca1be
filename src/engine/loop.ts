import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config, crashpoint, LOGGER, type Logger } from '../config/index.js';
import { Flow, type FlowEvent, isFinal, type StartRequest } from '../core/flow/index.js';
import { type JsonObject, NotFoundError, StateError } from '../core/shared/index.js';
import {
  ClaimStore,
  Database,
  DataStore,
  ExecutionStore,
  LookupStore,
  OutboxStore,
  SuspectStore,
  type Tx,
} from '../store/index.js';
import { Budget } from './budget.js';
import { DecisionWatch } from './decision-watch.js';
import { DefinitionCache } from './definition-cache.js';
import type { Done, Handled } from './done.js';
import { type Evaluations, Evaluator } from './evaluation/index.js';
import { FlowCache } from './flow-cache.js';
import {
  answer,
  type ClaimFacts,
  claimFacts,
  gone,
  hiddenFrom,
  nextOutcome,
  type Outcomes,
  refusedLoss,
  withClaim,
} from './letter-outcomes.js';
import { Lookups } from './lookups.js';
import type { Letter } from './mailboxes.js';
import { Pace } from './pace.js';
import { ActionPort } from './ports.js';
import { FATAL_DEATHS, FATAL_START, SuspectedError } from './set-aside.js';
import { TreeSizes } from './tree-sizes.js';
import { UnitOfWork } from './unit-of-work.js';
import type { UnitOwner } from './unit-parts.js';

const BYTES_PER_MB = 1024 * 1024;

/**
 * The loop: lock the execution, decide, write changes, journal and outbox in one transaction. Nothing else in the service
 * changes an execution.
 */
@Injectable()
export class Loop {
  private readonly cache: FlowCache;
  private readonly definitions: DefinitionCache;
  private readonly pace = new Pace(() => performance.now());
  private readonly trees: TreeSizes;

  constructor(
    private readonly database: Database,
    private readonly executions: ExecutionStore,
    private readonly claims: ClaimStore,
    private readonly outbox: OutboxStore,
    private readonly lookupStore: LookupStore,
    private readonly actions: ActionPort,
    private readonly queries: DataStore,
    private readonly evaluator: Evaluator,
    private readonly suspects: SuspectStore,
    private readonly watch: DecisionWatch,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.cache = new FlowCache(config.flowCacheMb * BYTES_PER_MB);
    this.definitions = new DefinitionCache(lookupStore);
    const { maxExecutionDepth: maxDepth, maxExecutionTreeSize: maxSize } = config;
    this.trees = new TreeSizes({ maxDepth, maxSize }, clock);
  }

  /** Creates an execution. @throws ExecutionExistsError, MistralError */
  async start(
    makeRequest: (tx: Tx, definitions: DefinitionCache) => Promise<StartRequest>,
    projectId: string,
  ): Promise<Done> {
    return this.inTransaction(async (tx, evaluations) => {
      const [epoch, request] = await Promise.all([this.executions.epoch(tx), makeRequest(tx, this.definitions)]);
      this.definitions.at(epoch);
      const unit = this.unit(tx, { executionId: request.id, projectId, rootExecutionId: request.id, evaluations });
      await unit.start(request);
      return unit;
    });
  }

  /**
   * Decides on letters and, when poked, on what the outbox holds for the execution. Letters are answered after the commit.
   * @param onWait  called before each wait for expressions that are evaluated elsewhere; nothing is locked then
   * @throws {SuspectedError} before anything is decided, unless the execution was cleared
   */
  async handle(
    executionId: string,
    letters: readonly Letter[],
    isPoked: boolean,
    onWait: () => void,
    isCleared = false,
  ): Promise<Handled> {
    let outcomes: Outcomes = [];
    let hasMore = false;
    const done = await this.inTransaction(async (tx, evaluations) => {
      const [locked, taken] = await Promise.all([
        this.executions.lock(tx, executionId),
        isPoked ? this.executions.takeTells(tx, executionId) : { told: [], hasMore: false },
      ]);
      hasMore = taken.hasMore;
      const starts = taken.told.flatMap((item) => (item.kind === 'start' ? [item.request] : []));
      const events = taken.told.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
      if (locked?.isDeleted === true) throw gone(executionId);
      if (!isCleared && (locked?.deaths ?? 0) >= FATAL_DEATHS) throw new SuspectedError(executionId);
      if (locked === undefined) return this.startTold(tx, evaluations, starts, events);
      this.definitions.at(locked.epoch);
      // What is in memory may be what is wrong.
      if (letters.some(({ event }) => event.kind === 'sweep')) this.cache.drop(executionId);
      const flow = await this.current(tx, executionId, locked.version);
      const unit = this.unit(tx, { ...ownerOf(flow), evaluations });
      const facts = await claimFacts(this.claims, tx, letters);
      try {
        outcomes = await this.decide(unit, flow, events, letters, facts);
      } catch (error) {
        if (flow.execution.version === locked.version) this.cache.put(flow);
        throw error;
      }
      return unit;
    }, onWait);
    letters.forEach((letter, index) => answer(letter, outcomes[index]));
    const told = hasMore ? [...done.told, executionId] : done.told;
    return { ...done, told, left: letters.filter((_, index) => outcomes[index] === 'left') };
  }

  private async decide(
    unit: UnitOfWork,
    flow: Flow,
    told: readonly FlowEvent[],
    letters: readonly Letter[],
    facts: ClaimFacts,
  ): Promise<Outcomes> {
    const hidden = letters.map(({ caller, event }) => hiddenFrom(caller, flow) ?? refusedLoss(event, facts));
    const visible = letters.filter((_, index) => hidden[index] === undefined);
    const events = visible.map(({ event }) => withClaim(event, facts));
    const refusals = await unit.decide(flow, [...told, ...events], told.length + 1);
    const own = refusals.slice(told.length).values();
    return hidden.map((refusal) => refusal ?? nextOutcome(own));
  }

  /** A start from the outbox: of a sub-workflow that its parent's transaction left there, or for a trigger. */
  private async startTold(
    tx: Tx,
    evaluations: Evaluations,
    starts: readonly StartRequest[],
    events: readonly FlowEvent[],
  ): Promise<UnitOfWork> {
    const [request] = starts;
    if (request === undefined) throw new NotFoundError('WorkflowExecution not found');
    const { parent } = request;
    const above = parent === undefined ? [] : [parent.executionId, parent.rootExecutionId];
    const [epoch, areDeleted, cancel, deaths] = await Promise.all([
      this.executions.epoch(tx),
      this.executions.areDeleted(tx, above),
      this.executions.cancelOf(tx, above),
      this.suspects.deaths(tx, request.id),
    ]);
    if (areDeleted) throw gone(request.id);
    this.definitions.at(epoch);
    const rootExecutionId = parent?.rootExecutionId ?? request.id;
    const { id: executionId, projectId } = request;
    const unit = this.unit(tx, { executionId, projectId, rootExecutionId, evaluations });
    if (deaths >= FATAL_DEATHS) await unit.refuseTold(request, new StateError(FATAL_START));
    else await unit.startTold(request, cancel === undefined);
    const flow = unit.flows.get(request.id);
    const stop = cancel === undefined ? [] : [{ kind: 'stop', state: 'CANCELLED', ...cancel } as const];
    if (flow !== undefined && events.length + stop.length > 0) await unit.decide(flow, [...events, ...stop]);
    return unit;
  }

  private async current(tx: Tx, executionId: string, version: number): Promise<Flow> {
    const cached = this.cache.take(executionId);
    if (cached?.execution.version === version) return cached;
    const rows = await this.executions.load(tx, executionId, cached?.execution.version ?? -1);
    if (rows === undefined) throw gone(executionId);
    if (cached === undefined) return new Flow(rows, await this.definitions.spec(tx, rows.execution.specId));
    cached.refresh(rows);
    return cached;
  }

  private unit(tx: Tx, { executionId, projectId, rootExecutionId, evaluations }: UnitOwner): UnitOfWork {
    const lookups = new Lookups(tx, projectId, this.definitions, this.lookupStore, this.queries, this.trees);
    return new UnitOfWork({
      tx,
      lookups,
      definitions: this.definitions,
      actions: this.actions,
      settings: {
        fieldSizeLimitKb: this.config.executionFieldSizeLimitKb,
        mergeStrategy: this.config.mergeStrategy,
        publicUrl: this.config.publicUrl ?? '',
        notify: this.config.notify as readonly JsonObject[],
      },
      pace: this.pace,
      budget: new Budget(() => performance.now()),
      trees: this.trees,
      watched: (decide) => this.watch.during(executionId, decide),
      evaluations,
      rootExecutionId,
      startedAt: this.clock.now(),
      refused: ({ id, workflow }, { message }) => {
        const fields = { executionId: id, workflow: workflow.name, reason: message };
        this.logger.warn(fields, 'an execution that a trigger asked for could not be started');
      },
    });
  }

  private async inTransaction(
    work: (tx: Tx, evaluations: Evaluations) => Promise<UnitOfWork>,
    onWait?: () => void,
  ): Promise<Done> {
    const unit = await this.evaluator.deciding(
      (evaluations) =>
        this.database.transaction(async (tx) => {
          const made = await work(tx, evaluations);
          if (made.outside.length > 0) await this.outbox.tellAll(made.outside, tx);
          crashpoint('commit.before');
          await this.pace.soon(() => this.executions.save(tx, made.changes, { commit: true }));
          crashpoint('commit.after');
          return made;
        }),
      onWait,
    );
    unit.room.report();
    for (const flow of unit.flows.values()) this.remember(flow);
    return { changes: unit.changes, told: unit.outside.map(({ executionId }) => executionId) };
  }

  /** Ended executions are rarely touched again. */
  private remember(flow: Flow): void {
    if (!isFinal(flow.execution.state)) this.cache.put(flow);
  }
}

function ownerOf({ execution: { id, projectId, rootExecutionId } }: Flow): Omit<UnitOwner, 'evaluations'> {
  return { executionId: id, projectId, rootExecutionId: rootExecutionId ?? id };
}
