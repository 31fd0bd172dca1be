import { changesOf } from '../../src/core/flow/changes-of.js';
import type { Command } from '../../src/core/flow/changes.js';
import { decide } from '../../src/core/flow/decide.js';
import { absorb } from '../../src/core/flow/absorb.js';
import { type Draft } from '../../src/core/flow/draft.js';
import type { FlowEvent, StartRequest } from '../../src/core/flow/events.js';
import { Flow, type FlowRows } from '../../src/core/flow/flow.js';
import type { FlowScope, PlainAction } from '../../src/core/flow/scope.js';
import { startFlow } from '../../src/core/flow/start.js';
import type { WorkflowSpec } from '../../src/core/language/index.js';
import type { JsonObject, MistralError } from '../../src/core/shared/index.js';

export type Letter =
  { readonly kind: 'event'; readonly event: FlowEvent } | { readonly kind: 'start'; readonly request: StartRequest };

/** What happened in one transaction, for those who check it. */
export interface Transaction {
  readonly world: World;
  readonly before: FlowRows;
  readonly draft: Draft;
  readonly events: readonly FlowEvent[];
  readonly refusals: readonly (MistralError | undefined)[];
}

/** Thrown where a random workflow grows beyond what is worth checking. */
export class TooBig extends Error {}

const MOST_IDS = 1500;
const MOST_TICKS = 50_000;

/**
 * Executions of a few workflows in memory, with the messages between them on their way: the engine without database and
 * executors. Each transaction is shown to `check` before its changes are taken over.
 */
export class World {
  readonly flows = new Map<string, Flow>();
  /** Undelivered messages, in order per target. */
  readonly letters = new Map<string, Letter[]>();
  /** In shadow mode each decision is made three times: thrown away, kept, and over freshly loaded rows; all are the same. */
  isShadowed = false;
  budget = Infinity;
  private time = Date.UTC(2026, 0, 1, 12) * 1000;
  private count = 0;

  constructor(
    readonly specs: ReadonlyMap<string, WorkflowSpec>,
    private readonly check: (transaction: Transaction) => void,
  ) {}

  start(name: string): void {
    const spec = this.specs.get(name);
    const params: JsonObject = spec?.type === 'reverse' ? { task_name: [...spec.tasks.keys()].at(-1) ?? '' } : {};
    this.startOne({ id: this.newId(), projectId: 'p', workflow: refOf(name), input: {}, params, description: null });
  }

  get roots(): readonly Flow[] {
    return [...this.flows.values()].filter((flow) => flow.execution.parentExecutionId === null);
  }

  /** The next messages for an execution, at most `most`, in one transaction. */
  deliver(target: string, most = 1): void {
    const waiting = this.letters.get(target) ?? [];
    const taken = waiting.splice(0, most);
    if (waiting.length === 0) this.letters.delete(target);
    const events: FlowEvent[] = [];
    for (const letter of taken) {
      if (letter.kind === 'start') this.startOne(letter.request);
      else events.push(letter.event);
    }
    if (events.length > 0 && this.flows.has(target)) this.decide(target, events);
  }

  /** @returns the refusals, by position */
  decide(id: string, events: readonly FlowEvent[]): readonly (MistralError | undefined)[] {
    const flow = this.flow(id);
    const before = rowsOf(flow);
    const dropped = this.isShadowed ? this.rehearse(flow, events) : undefined;
    const fresh = this.isShadowed ? this.rehearse(reloaded(flow), events) : undefined;
    const { draft, refusals } = decide(flow, events, this.scope());
    const kept = this.isShadowed ? summary(draft) : undefined;
    if (kept !== dropped)
      throw new Error(`a decision that was thrown away had an effect: ${difference(kept, dropped)}`);
    if (kept !== fresh) throw new Error(`memory decides differently from rows: ${difference(kept, fresh)}`);
    this.accept({ world: this, before, draft, events, refusals });
    return refusals;
  }

  fire(timerId: string, executionId: string): void {
    const timer = this.flow(executionId).timers.get(timerId);
    if (timer === undefined) return;
    this.time = Math.max(this.time, timer.dueAt);
    this.decide(executionId, [{ kind: 'timer', timerId }]);
  }

  /** All memory is lost; what was committed is read again. */
  crash(): void {
    for (const [id, flow] of this.flows) this.flows.set(id, reloaded(flow));
  }

  flow(id: string): Flow {
    const flow = this.flows.get(id);
    if (flow === undefined) throw new Error(`no execution ${id}`);
    return flow;
  }

  private startOne(request: StartRequest): void {
    const spec = this.specs.get(request.workflow.name);
    if (spec === undefined) throw new Error(`no workflow ${request.workflow.name}`);
    const { draft } = startFlow(request, spec, this.scope());
    const before = { execution: draft.base.execution, tasks: [], actions: [], children: [], timers: [] };
    this.accept({ world: this, before, draft, events: [], refusals: [] });
  }

  private accept(transaction: Transaction): void {
    const { draft, events } = transaction;
    changesOf(draft, draft.commands, { at: this.time, seed: '', events });
    for (const command of draft.commands) this.post(command);
    this.flows.set(draft.execution.id, absorb(draft));
    this.check(transaction);
  }

  private post(command: Command): void {
    if (command.kind === 'tell') this.enqueue(command.executionId, { kind: 'event', event: command.event });
    if (command.kind === 'start-child') this.enqueue(command.request.id, { kind: 'start', request: command.request });
  }

  private enqueue(target: string, letter: Letter): void {
    const waiting = this.letters.get(target);
    if (waiting === undefined) this.letters.set(target, [letter]);
    else waiting.push(letter);
  }

  /** What a decision would give; time and ids stand where they stood. */
  private rehearse(flow: Flow, events: readonly FlowEvent[]): string {
    const { time, count } = this;
    const { draft } = decide(flow, events, this.scope());
    Object.assign(this, { time, count });
    return summary(draft);
  }

  private newId(): string {
    this.count += 1;
    if (this.count > MOST_IDS) throw new TooBig();
    return `00000000-0000-4000-8000-${String(this.count).padStart(12, '0')}`;
  }

  private scope(): FlowScope {
    let left = this.budget;
    const latest = this.time + MOST_TICKS;
    return {
      tick: () => {
        if (this.time > latest) throw new Error('a decision without end');
        return this.time++;
      },
      newId: () => this.newId(),
      random: () => 0.5,
      plainAction: (name) => ACTIONS[name],
      adhocAction: () => undefined,
      workflow: (name) => {
        const spec = this.specs.get(name);
        return spec === undefined ? undefined : { ref: refOf(name), spec };
      },
      rootEnv: (id) => (this.flows.get(id)?.execution.params['env'] ?? {}) as JsonObject,
      liveFlows: () => this.flows.values(),
      data: () => [],
      settings: { fieldSizeLimitKb: 1024, mergeStrategy: 'replace', publicUrl: '' },
      hasBudget: () => left-- > 0,
      hasTime: () => left > 0,
    };
  }
}

/** The rows as they would be read from the database: newest forms, all memory gone. */
export function rowsOf(flow: Flow): FlowRows {
  return {
    execution: flow.execution,
    tasks: [...flow.tasks.values()],
    actions: [...flow.actions.values()],
    children: [...flow.children.values()],
    timers: [...flow.timers.values()],
  };
}

function reloaded(flow: Flow): Flow {
  return new Flow(JSON.parse(JSON.stringify(rowsOf(flow))) as FlowRows, flow.spec);
}

function summary(draft: Draft): string {
  const maps = [draft.tasks, draft.actions, draft.children, draft.timersSet].map((map) =>
    [...map.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  return JSON.stringify([draft.execution, maps, [...draft.timersGone].sort(), draft.commands], null, 1);
}

function refOf(name: string): StartRequest['workflow'] {
  return { id: `id-${name}`, name, namespace: '', workbookName: null, specId: name };
}

function action(name: string, more: Partial<PlainAction> = {}): PlainAction {
  return { name, isAsync: false, inputError: () => undefined, buildError: () => undefined, ...more };
}

const ACTIONS: Readonly<Record<string, PlainAction>> = {
  'std.noop': action('std.noop', { runPure: () => ({ state: 'SUCCESS', result: null }) }),
  'std.fail': action('std.fail', { runPure: () => ({ state: 'ERROR', result: 'failed' }) }),
  'std.async_noop': action('std.async_noop', { isAsync: true, runPure: () => 'pending' }),
  'std.sleep': action('std.sleep'),
};

/** The first lines that differ, and a few before them. */
function difference(a = '', b = ''): string {
  const [left, right] = [a.split('\n'), b.split('\n')];
  const first = left.findIndex((line, index) => line !== right[index]);
  const shown = (lines: readonly string[]): string => lines.slice(Math.max(0, first - 12), first + 4).join('\n');
  return `\n${shown(left)}\n<> ${shown(right)}`;
}
