import { type JsonObject, MistralError } from '../shared/index.js';
import { changesOf } from './changes-of.js';
import type { Command } from './changes.js';
import { decide } from './decide.js';
import { absorb } from './absorb.js';
import { type Draft } from './draft.js';
import type { FlowEvent, StartRequest, WorkflowRef } from './events.js';
import type { Flow } from './flow.js';
import type { AdhocAction, FlowScope, PlainAction, WorkflowDefinition } from './scope.js';
import { startFlow } from './start.js';
import type { Instant } from './rows.js';

/** What an engine in memory can find by name. */
export interface KnownDefinitions {
  readonly workflow: (name: string) => WorkflowDefinition | undefined;
  readonly adhocAction: (name: string) => AdhocAction | undefined;
  readonly plainAction: (name: string) => PlainAction | undefined;
}

/** The engine without database, clock and executors: decisions are taken over at once, messages between executions arrive in order. */
export class MemoryEngine {
  readonly flows = new Map<string, Flow>();
  /** Executions in order of their start. */
  readonly ids: string[] = [];
  /** All commands so far. */
  readonly commands: Command[] = [];
  /** Pure actions per transaction. */
  budget = Infinity;
  /** Tasks and items that are started per transaction. */
  starts = Infinity;
  /** Publishers of the settings. */
  notify: readonly JsonObject[] = [];
  /** Microseconds since 1970; one later at each look. */
  time: Instant = Date.UTC(2026, 0, 1, 12) * 1000;
  /** Leaves what exceeds the budget of a transaction until `deliver`. */
  isPatient = false;
  private readonly queue: Command[] = [];
  private readonly continued: Command[] = [];
  private count = 0;

  /** @param onDecided  sees each decision before it is taken over */
  constructor(
    protected readonly definitions: KnownDefinitions,
    private readonly onDecided: (draft: Draft) => void = () => undefined,
    /** Of a sub-workflow whose result comes from elsewhere. */
    private readonly isMocked: (request: StartRequest) => boolean = () => false,
  ) {}

  /** @returns the id of the execution. @throws MistralError when it can't be started */
  startWorkflow(workflow: WorkflowRef, input: JsonObject, params: JsonObject): string {
    const id = this.newId();
    this.startOne({ id, projectId: 'p', workflow, input, params, description: null });
    this.settle();
    return id;
  }

  /** Decides on an event and on all that follows from it. @returns the refusal, if it is refused */
  tell(executionId: string, event: FlowEvent): MistralError | undefined {
    const flow = this.flows.get(executionId);
    if (flow === undefined) return undefined;
    const refusal = this.decideOne(flow, event);
    this.settle();
    return refusal;
  }

  /** Goes on with what exceeded the budget, as far as one more transaction gets. */
  deliver(): void {
    for (const command of this.continued.splice(0))
      if (command.kind === 'tell') this.tell(command.executionId, command.event);
  }

  private settle(): void {
    for (let command = this.queue.shift(); command !== undefined; command = this.queue.shift()) {
      if (command.kind === 'start-child') this.startChild(command.request);
      else if (this.isPatient && command.kind === 'tell' && command.event.kind === 'continue')
        this.continued.push(command);
      else if (command.kind === 'tell') {
        const flow = this.flows.get(command.executionId);
        if (flow !== undefined) this.decideOne(flow, command.event);
      }
    }
  }

  /** A sub-workflow that can't be started is an ordinary error of its parent's task. */
  private startChild(request: StartRequest): void {
    if (this.isMocked(request)) return;
    try {
      this.startOne(request);
    } catch (error) {
      const parent = this.flows.get(request.parent?.executionId ?? '');
      if (!(error instanceof MistralError) || parent === undefined) throw error;
      const { message } = error;
      const output = { result: message };
      this.decideOne(parent, { kind: 'child-done', childId: request.id, state: 'ERROR', stateInfo: message, output });
    }
  }

  private startOne(request: StartRequest): void {
    const definition = this.definitions.workflow(request.workflow.name);
    if (definition === undefined) throw new Error(`no workflow ${request.workflow.name}`);
    const { draft } = startFlow(request, definition.spec, this.scope());
    this.ids.push(request.id);
    this.accept(draft, []);
  }

  private decideOne(flow: Flow, event: FlowEvent): MistralError | undefined {
    const { draft, refusals } = decide(flow, [event], this.scope());
    this.accept(draft, [event]);
    return refusals[0];
  }

  private accept(draft: Draft, events: readonly FlowEvent[]): void {
    changesOf(draft, [], { at: this.time, seed: '', events });
    this.queue.push(...draft.commands);
    this.commands.push(...draft.commands);
    this.onDecided(draft);
    this.flows.set(draft.execution.id, absorb(draft));
  }

  private newId(): string {
    this.count += 1;
    return `00000000-0000-4000-8000-${String(this.count).padStart(12, '0')}`;
  }

  private scope(): FlowScope {
    let [left, starts] = [this.budget, this.starts];
    return {
      ...this.definitions,
      tick: () => this.time++,
      newId: () => this.newId(),
      random: () => 0.5,
      rootEnv: (id) => (this.flows.get(id)?.execution.params['env'] ?? {}) as JsonObject,
      liveFlows: () => this.flows.values(),
      data: () => [],
      settings: { fieldSizeLimitKb: 1024, mergeStrategy: 'replace', publicUrl: '', notify: this.notify },
      hasBudget: () => left-- > 0,
      hasTime: () => starts-- > 0,
    };
  }
}
