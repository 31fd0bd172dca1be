import { validate } from '../expressions/index.js';
import { parseWorkflows, type WorkflowSpec } from '../language/index.js';
import type { Json, JsonObject } from '../shared/index.js';
import { changesOf } from './changes-of.js';
import type { Command } from './changes.js';
import { decide } from './decide.js';
import { absorb, type Draft } from './draft.js';
import type { FlowEvent, StartRequest } from './events.js';
import type { Flow } from './flow.js';
import type { TaskRow } from './rows.js';
import type { FlowScope, PlainAction } from './scope.js';
import { startFlow } from './start.js';

/** Builder for specs: runs workflows of one YAML text in memory, sub-workflows included; actions end when the spec says so. */
export class Run {
  readonly flows = new Map<string, Flow>();
  readonly ids: string[] = [];
  /** All commands so far. */
  readonly commands: Command[] = [];
  budget = Infinity;
  /** Publishers of the settings. */
  notify: readonly JsonObject[] = [];
  private readonly specs: ReadonlyMap<string, WorkflowSpec>;
  private readonly queue: Command[] = [];
  private time = Date.UTC(2026, 0, 1, 12) * 1000;
  private count = 0;

  constructor(yaml: string) {
    const definitions = parseWorkflows(yaml, { validateExpression: (text) => validate(text) });
    this.specs = new Map(definitions.map(({ spec }) => [spec.name, spec]));
  }

  start(input: JsonObject = {}, params: JsonObject = {}, name = [...this.specs.keys()][0] ?? ''): this {
    this.startOne({ id: this.newId(), projectId: 'p', workflow: refOf(name), input, params, description: null });
    return this.settle();
  }

  /** The execution that was started first, or the n-th. */
  flow(index = 0): Flow {
    const flow = this.flows.get(this.ids[index] ?? '');
    if (flow === undefined) throw new Error(`no execution ${index}`);
    return flow;
  }

  get state(): string {
    return this.flow().execution.state;
  }

  get output(): Json {
    return this.flow().execution.output;
  }

  task(name: string, index = 0): TaskRow {
    const row = this.flow(index).tasksNamed(name).at(-1);
    if (row === undefined) throw new Error(`no task ${name}`);
    return row;
  }

  states(index = 0): Record<string, string> {
    return Object.fromEntries([...this.flow(index).allTasks()].map((row) => [row.name, row.state]));
  }

  send(event: FlowEvent, index = 0): this {
    const refusal = this.decideOne(this.flow(index), [event])[0];
    if (refusal !== undefined) throw refusal;
    return this.settle();
  }

  /** Ends the first unfinished action of a task's present run. */
  finish(taskName: string, result: Json = null, state: 'SUCCESS' | 'ERROR' | 'CANCELLED' = 'SUCCESS', index = 0): this {
    const task = this.task(taskName, index);
    const open = this.flow(index)
      .actionsOf(task.id)
      .find(({ state, run }) => run === task.run && (state === 'RUNNING' || state === 'PAUSED'));
    if (open === undefined) throw new Error(`no open action of ${taskName}`);
    return this.send({ kind: 'action-done', actionId: open.id, outcome: { state, result } }, index);
  }

  /** Fires the earliest timer of all executions. */
  fire(): this {
    const timers = [...this.flows.values()].flatMap((flow) => [...flow.timers.values()]);
    const [next] = timers.sort((a, b) => a.dueAt - b.dueAt);
    if (next === undefined) throw new Error('no timer is set');
    this.time = Math.max(this.time, next.dueAt);
    return this.send({ kind: 'timer', timerId: next.id }, this.ids.indexOf(next.executionId));
  }

  private settle(): this {
    for (let command = this.queue.shift(); command !== undefined; command = this.queue.shift()) {
      if (command.kind === 'start-child') this.startOne(command.request);
      else if (command.kind === 'tell') {
        const flow = this.flows.get(command.executionId);
        if (flow !== undefined) this.decideOne(flow, [command.event]);
      }
    }
    return this;
  }

  private startOne(request: StartRequest): void {
    const spec = this.specs.get(request.workflow.name);
    if (spec === undefined) throw new Error(`no workflow ${request.workflow.name}`);
    const { draft } = startFlow(request, spec, this.scope());
    this.ids.push(request.id);
    this.accept(draft, []);
  }

  private decideOne(flow: Flow, events: readonly FlowEvent[]): ReturnType<typeof decide>['refusals'] {
    const { draft, refusals } = decide(flow, events, this.scope());
    this.accept(draft, events);
    return refusals;
  }

  private accept(draft: Draft, events: readonly FlowEvent[]): void {
    changesOf(draft, [], { at: this.time, seed: '', events });
    this.queue.push(...draft.commands);
    this.commands.push(...draft.commands);
    this.flows.set(draft.execution.id, absorb(draft));
  }

  private newId(): string {
    this.count += 1;
    return `00000000-0000-4000-8000-${String(this.count).padStart(12, '0')}`;
  }

  private scope(): FlowScope {
    let left = this.budget;
    return {
      tick: () => this.time++,
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
      settings: { fieldSizeLimitKb: 1024, mergeStrategy: 'replace', publicUrl: '', notify: this.notify },
      hasBudget: () => left-- > 0,
    };
  }
}

function refOf(name: string): StartRequest['workflow'] {
  return { id: `id-${name}`, name, namespace: '', workbookName: null, specId: name };
}

function action(name: string, more: Partial<PlainAction> = {}): PlainAction {
  return { name, isAsync: false, inputError: () => undefined, buildError: () => undefined, ...more };
}

const ACTIONS: Readonly<Record<string, PlainAction>> = {
  'std.noop': action('std.noop', { runPure: () => ({ state: 'SUCCESS', result: null }) }),
  'std.echo': action('std.echo', { runPure: (input) => ({ state: 'SUCCESS', result: input['output'] ?? null }) }),
  'std.fail': action('std.fail', { runPure: () => ({ state: 'ERROR', result: 'failed' }) }),
  'std.async_noop': action('std.async_noop', { isAsync: true, runPure: () => 'pending' }),
  'std.sleep': action('std.sleep'),
  'acme.async': action('acme.async', { isAsync: true }),
};
