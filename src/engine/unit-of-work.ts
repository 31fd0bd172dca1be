import { type EvaluationBounds, NeedsData, NeedsEvaluation } from '../core/expressions/index.js';
import {
  absorb,
  changesOf,
  type Command,
  decide,
  type Decision,
  type Draft,
  type Flow,
  type FlowEvent,
  type FlowScope,
  hasChanges,
  type ParentRef,
  startFlow,
  type StartRequest,
} from '../core/flow/index.js';
import type { WorkflowSpec } from '../core/language/index.js';
import { MistralError } from '../core/shared/index.js';
import type { ChangesToSave } from '../store/index.js';
import { RandomSource } from './random-source.js';
import { TreeRoom } from './tree-sizes.js';
import type { UnitParts } from './unit-parts.js';

/** So many executions are written by one transaction; sub-workflows beyond them start from the outbox. */
const MOST_EXECUTIONS = 150;

export interface Told {
  readonly executionId: string;
  readonly event: FlowEvent;
}

/**
 * Everything one transaction decides: on the locked execution, and on the sub-workflows it starts meanwhile. These are
 * known to nobody else before the commit, so they run here, too, as long as the budget lasts, and their results reach
 * the parent without a detour through the outbox.
 */
export class UnitOfWork {
  readonly changes: ChangesToSave[] = [];
  readonly flows = new Map<string, Flow>();
  private readonly random: RandomSource;
  private readonly inline: Told[] = [];
  /** For executions that this transaction has not locked: goes through the outbox. */
  readonly outside: Told[] = [];
  /** What it takes of the room in the tree of its executions. */
  readonly room: TreeRoom;
  private scope: FlowScope;
  private elapsed = 0;
  /** False in a tree that is cancelled. */
  private mayStartTasks = true;

  constructor(private readonly parts: UnitParts) {
    const { evaluations, lookups, trees } = parts;
    this.random = new RandomSource(evaluations.takeSeed());
    this.room = new TreeRoom(trees, (rootId) => lookups.treeSize(rootId));
    this.scope = this.scopeWith(this.newBounds());
  }

  private newBounds(): EvaluationBounds {
    return this.parts.evaluations.bounds(this.parts.rootExecutionId);
  }

  private scopeWith(bounds: EvaluationBounds): FlowScope {
    const { lookups, actions, settings, budget, startedAt, trees } = this.parts;
    return {
      tick: () => startedAt + this.elapsed++,
      newId: () => this.random.uuid(),
      random: () => this.random.fraction(),
      plainAction: (name, namespace) => actions.find(name) ?? lookups.dynamicAction(name, namespace),
      adhocAction: (name, namespace) => lookups.action(name, namespace),
      workflow: (name, namespace) => lookups.workflow(name, namespace),
      rootEnv: (id) =>
        (this.flows.get(id)?.execution.params['env'] ?? lookups.rootEnv(id)) as ReturnType<FlowScope['rootEnv']>,
      liveFlows: () => this.flows.values(),
      data: (key) => lookups.dataFor(key),
      settings,
      tree: { ...trees.bounds, takeRoom: (rootId) => this.room.take(rootId) },
      hasBudget: () => budget.hasRoom(),
      hasTime: () => this.mayStartTasks && !bounds.allowance.isUsedUp && budget.hasRoom(),
      bounds,
    };
  }

  /**
   * Decides on events of a flow that this transaction has locked.
   * @param atLeast  so many of them, whether there is time or not
   * @returns the refusals of those decided on, by position
   */
  async decide(flow: Flow, events: readonly FlowEvent[], atLeast = events.length): Promise<Decision['refusals']> {
    this.flows.set(flow.execution.id, flow);
    const decision = await this.withData(() => decide(flow, events, this.scope, atLeast));
    await this.accept(decision.draft, events.slice(0, decision.refusals.length));
    await this.deliverInline();
    return decision.refusals;
  }

  /** Starts an execution of the locked or a new row. @throws MistralError when it can't be started */
  async start(request: StartRequest): Promise<void> {
    await this.startOne(request);
    await this.deliverInline();
  }

  /** Starts what waited in the outbox; a sub-workflow that can't be started is told to its parent as failed. */
  async startTold(request: StartRequest, mayStartTasks = true): Promise<void> {
    this.mayStartTasks = mayStartTasks;
    await this.startChild(request);
    await this.deliverInline();
  }

  async refuseTold(request: StartRequest, refusal: MistralError): Promise<void> {
    this.refuse(request, refusal);
    await this.deliverInline();
  }

  private async startOne(request: StartRequest): Promise<void> {
    const spec = await this.parts.definitions.spec(this.parts.tx, request.workflow.specId);
    const { draft } = await this.withData(() => startFlow(request, spec, this.scope)).catch((error: unknown) =>
      this.startedLater(error, request, spec),
    );
    this.flows.set(request.id, draft.base);
    if (request.parent === undefined) this.parts.trees.setCounted(request.id, 0);
    await this.accept(draft, [], request.parent);
  }

  /** Its first tasks want expressions that have to be evaluated elsewhere: the execution begins without them. */
  private async startedLater(error: unknown, request: StartRequest, spec: WorkflowSpec): Promise<Decision> {
    if (!(error instanceof NeedsEvaluation)) throw error;
    this.scope = this.scopeWith(this.newBounds());
    return this.withData(() => startFlow(request, spec, { ...this.scope, hasTime: () => false }));
  }

  /** A look-up that is not loaded yet throws; it is loaded and the decision made again from the same state. */
  private async withData(decideOnce: () => Decision): Promise<Decision> {
    const { budget, evaluations, lookups, pace, watched } = this.parts;
    const [mark, { elapsed }] = [this.random.mark(), this];
    for (;;) {
      try {
        return await pace.soon(() => {
          this.room.begin();
          const decision = budget.within(() => watched(decideOnce));
          this.room.keep();
          return decision;
        });
      } catch (error) {
        if (error instanceof NeedsEvaluation) evaluations.keepSeed(this.random.seed);
        if (error instanceof NeedsEvaluation || !(error instanceof NeedsData)) throw error;
        await lookups.load();
        this.random.reset(mark);
        this.elapsed = elapsed;
        this.scope = this.scopeWith(this.newBounds());
      }
    }
  }

  private async accept(draft: Draft, events: readonly FlowEvent[], parent?: ParentRef): Promise<void> {
    if (!hasChanges(draft)) return;
    const left: Command[] = [];
    const children: StartRequest[] = [];
    for (const command of draft.commands) {
      if (command.kind === 'start-child' && this.hasRoomForChild(children.length)) children.push(command.request);
      else if (command.kind === 'tell' && this.flows.has(command.executionId) && !isForLater(command.event))
        this.inline.push(command);
      else left.push(command);
    }
    const record = { at: this.parts.startedAt, seed: this.random.seed, events };
    this.computed(() => {
      this.changes.push({ ...changesOf(draft, left, record), parent });
      absorb(draft);
    });
    for (const request of children) await this.startChild(request);
  }

  private hasRoomForChild(waiting: number): boolean {
    return this.flows.size + waiting < MOST_EXECUTIONS && this.parts.budget.hasRoom();
  }

  /** Work whose time counts. */
  private computed<T>(work: () => T): T {
    return this.parts.pace.now(() => this.parts.budget.within(work));
  }

  /** A sub-workflow that can't be started is an ordinary error of its parent's task; without a parent it is dropped. */
  private async startChild(request: StartRequest): Promise<void> {
    try {
      await this.startOne(request);
    } catch (error) {
      if (!(error instanceof MistralError)) throw error;
      this.refuse(request, error);
    }
  }

  private refuse(request: StartRequest, error: MistralError): void {
    if (request.parent === undefined) {
      this.parts.refused(request, error);
      return;
    }
    const { message } = error;
    const output = { result: message };
    this.inline.push({
      executionId: request.parent.executionId,
      event: { kind: 'child-done', childId: request.id, state: 'ERROR', stateInfo: message, output },
    });
  }

  private async deliverInline(): Promise<void> {
    while (this.inline.length > 0) {
      for (const [executionId, events] of byTarget(this.inline.splice(0))) {
        const flow = this.flows.get(executionId);
        if (flow === undefined) {
          this.outside.push(...events.map((event) => ({ executionId, event })));
          continue;
        }
        const decision = await this.withData(() => decide(flow, events, this.scope));
        await this.accept(decision.draft, events);
      }
    }
  }
}

/** What belongs into a transaction of its own. */
function isForLater({ kind }: FlowEvent): boolean {
  return kind === 'continue' || kind === 'tell-children';
}

function byTarget(letters: readonly Told[]): ReadonlyMap<string, readonly FlowEvent[]> {
  const groups = new Map<string, FlowEvent[]>();
  for (const { executionId, event } of letters) {
    const group = groups.get(executionId);
    if (group === undefined) groups.set(executionId, [event]);
    else group.push(event);
  }
  return groups;
}
